import { boolean, defineRecord, html, longText, number, reference, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'
import { ORGANISATION_FIELDS } from './organisation-fields.ts'

/** The laboratory itself; there is one. */
export const laboratory = defineRecord({
  name: 'lims.laboratory',
  table: 'lims_laboratory',
  path: 'laboratory',
  label: { one: 'Laboratory', many: 'Laboratory' },
  titleField: 'name',
  fields: {
    ...OBJECT_FIELDS,
    ...ORGANISATION_FIELDS,
    description: longText({}),
    laboratorySupervisor: reference('lims.lab-contact', { label: 'Supervisor' }),
    laboratoryLicenseId: text({ label: 'Licence', column: 'laboratory_license_number' }),
    logo: text({ readOnly: true, maxLength: 64, help: 'Hash of the picture on letterheads.' }),
    labUrl: text({ label: 'Web address', maxLength: 500 }),
    confidence: number({
      unit: '%',
      min: 0,
      max: 100,
      help: 'Level of confidence that uncertainties stand for.',
    }),
    laboratoryAccredited: boolean({ default: false, label: 'Accredited', group: 'Accreditation' }),
    accreditationBody: text({ label: 'Accreditation body', group: 'Accreditation' }),
    accreditationBodyUrl: text({ label: 'Address of the body', group: 'Accreditation', maxLength: 500 }),
    accreditationBodyLogo: text({ readOnly: true, maxLength: 64, group: 'Accreditation' }),
    accreditation: text({ group: 'Accreditation' }),
    accreditationReference: text({ label: 'Reference', group: 'Accreditation' }),
    accreditationPageHeader: html({ label: 'Page header', group: 'Accreditation' }),
  },
  permissions: SETUP_PERMISSIONS,
  retirable: false,
})
