import { definePermissions, definePermissionsOfRecord } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { developerRecord } from './records/developer.ts'

export const DICOM_ACCESS = 'dicom.access'

/** The permissions of this module. */
export const DICOM_PERMISSIONS = [
  ...definePermissions('dicom', {
    access: 'Read and generate DICOM files, also by the DICOM API',
    'developer.view': 'See developers, their quotas and their use of the DICOM API',
  }),
  ...definePermissionsOfRecord('dicom', 'developer', developerRecord.label),
]

/** What this module gives to ready-made groups. */
export const DICOM_ROLE_GRANTS: RoleGrants = {
  'dicom.viewer': [DICOM_ACCESS],
  'dicom.developer': [DICOM_ACCESS],
}
