import { ACCESS_PERMISSIONS } from './modules/access/domain/access-permissions.ts'
import { definePermissions } from './modules/access/domain/permission.ts'
import { ACCESS_ROLE_GRANTS, ROLE_GROUPS } from './modules/access/domain/role-groups.ts'
import type { DeclaredAccess } from './modules/access/sync-permissions.ts'
import { DICOM_PERMISSIONS, DICOM_ROLE_GRANTS } from './modules/dicom/permissions.ts'
import { EQUIPMENT_PERMISSIONS, EQUIPMENT_ROLE_GRANTS } from './modules/equipment/permissions.ts'
import { LIMS_PERMISSIONS, LIMS_ROLE_GRANTS } from './modules/lims/permissions.ts'
import { NOTICE_PERMISSIONS, NOTICE_ROLE_GRANTS } from './modules/machine-qa/notices/permissions.ts'
import { MACHINE_QA_PERMISSIONS, MACHINE_QA_ROLE_GRANTS } from './modules/machine-qa/permissions.ts'
import { NOTIFICATION_PERMISSIONS } from './modules/notifications/permissions.ts'
import { QUALITY_PERMISSIONS, QUALITY_ROLE_GRANTS } from './modules/quality/permissions.ts'
import { REPORT_PERMISSIONS, REPORT_ROLE_GRANTS } from './modules/reports/permissions.ts'
import { RESEARCH_PERMISSIONS, RESEARCH_ROLE_GRANTS } from './modules/research/permissions.ts'
import { SITE_PERMISSIONS, SITE_ROLE_GRANTS } from './modules/site/permissions.ts'
import { WORKSPACE_PERMISSIONS, WORKSPACE_ROLE_GRANTS } from './modules/workspace/permissions.ts'

const OPERATION_PERMISSIONS = definePermissions('jobs', {
  'job.view': 'See background jobs and their failures',
})

/** What all parts of the product together declare. */
export const DECLARED_ACCESS: DeclaredAccess = {
  permissions: [
    ...ACCESS_PERMISSIONS,
    ...OPERATION_PERMISSIONS,
    ...WORKSPACE_PERMISSIONS,
    ...NOTIFICATION_PERMISSIONS,
    ...EQUIPMENT_PERMISSIONS,
    ...MACHINE_QA_PERMISSIONS,
    ...DICOM_PERMISSIONS,
    ...LIMS_PERMISSIONS,
    ...RESEARCH_PERMISSIONS,
    ...NOTICE_PERMISSIONS,
    ...REPORT_PERMISSIONS,
    ...SITE_PERMISSIONS,
    ...QUALITY_PERMISSIONS,
  ],
  groups: ROLE_GROUPS,
  grants: [
    ACCESS_ROLE_GRANTS,
    WORKSPACE_ROLE_GRANTS,
    EQUIPMENT_ROLE_GRANTS,
    MACHINE_QA_ROLE_GRANTS,
    DICOM_ROLE_GRANTS,
    LIMS_ROLE_GRANTS,
    RESEARCH_ROLE_GRANTS,
    NOTICE_ROLE_GRANTS,
    REPORT_ROLE_GRANTS,
    SITE_ROLE_GRANTS,
    QUALITY_ROLE_GRANTS,
  ],
}
