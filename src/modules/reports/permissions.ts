import { definePermissions } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'

/** The permissions of this module. */
export const REPORT_PERMISSIONS = definePermissions('reports', {
  'report.run': 'Run reports and see those that others share',
  'report.save': 'Save reports and share them',
  'report.schedule': 'Have reports sent by mail',
  'report.manage': 'Change and remove shared reports of others',
  'document.issue': 'Issue numbered documents of sessions and reports',
})

const READING = ['reports.report.run']
const WORKING = [...READING, 'reports.report.save', 'reports.report.schedule', 'reports.document.issue']

/** What this module gives to ready-made groups; each report asks for the permission of its part besides. */
export const REPORT_ROLE_GRANTS: RoleGrants = {
  'machine-qa.physicist': [...WORKING, 'reports.report.manage'],
  'machine-qa.reviewer': WORKING,
  'machine-qa.viewer': READING,
  'lims.manager': [...WORKING, 'reports.report.manage'],
}
