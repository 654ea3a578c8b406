import { definePermissions, definePermissionsOfRecord } from '../access/domain/permission.ts'
import type { RoleGrants } from '../access/domain/role-group.ts'
import { developerRecord } from './records/developer.ts'

export const DICOM_ACCESS = 'dicom.access'
export const SEE_STUDIES = 'dicom.study.view'
export const STORE_STUDIES = 'dicom.study.store'
export const EXPORT_STUDIES = 'dicom.study.export'
export const DELETE_STUDIES = 'dicom.study.delete'

/** The permissions of this module. */
export const DICOM_PERMISSIONS = [
  ...definePermissions('dicom', {
    access: 'Read and generate DICOM files, also by the DICOM API',
    'study.view': 'See stored studies: own ones and those of own groups',
    'study.view-all': 'See the stored studies of everybody',
    'study.store': 'Store DICOM files, also by DICOMweb',
    'study.export': 'Download stored studies, also without identity',
    'study.delete': 'Put stored studies into the bin and take them out, and say who sees them',
    'developer.view': 'See developers, their quotas and their use of the DICOM API',
  }),
  ...definePermissionsOfRecord('dicom', 'developer', developerRecord.label),
]

/** What this module gives to ready-made groups. */
export const DICOM_ROLE_GRANTS: RoleGrants = {
  'dicom.viewer': [DICOM_ACCESS, SEE_STUDIES, STORE_STUDIES, EXPORT_STUDIES],
  'dicom.developer': [DICOM_ACCESS],
}
