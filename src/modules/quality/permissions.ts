import { definePermissions } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'

export const QUALITY_ACCESS = 'quality.access'
export const EDIT_REPORTS = 'quality.report.edit'
export const EDIT_ENTITIES = 'quality.entity.edit'

/** The permissions of this module. */
export const QUALITY_PERMISSIONS = definePermissions('quality', {
  access: 'Read quality reports that are not public',
  'report.edit': 'Edit quality reports, export and import them',
  'entity.edit': 'Judge what quality metrics count',
})

/** What this module gives to ready-made groups. */
export const QUALITY_ROLE_GRANTS: RoleGrants = {
  'quality.viewer': [QUALITY_ACCESS],
  'quality.report-editor': [QUALITY_ACCESS, EDIT_REPORTS],
  'quality.entity-editor': [QUALITY_ACCESS, EDIT_ENTITIES],
}
