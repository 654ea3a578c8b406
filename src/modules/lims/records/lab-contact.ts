import { defineRecord, json, longText, reference, references, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'
import { PERSON_FIELDS } from './person-fields.ts'

/** A person of the laboratory, as certificates name them. */
export const labContact = defineRecord({
  name: 'lims.lab-contact',
  table: 'lims_lab_contact',
  path: 'lab-contacts',
  label: { one: 'Laboratory contact', many: 'Laboratory contacts' },
  titleField: 'fullname',
  listFields: ['fullname', 'department', 'jobTitle', 'emailAddress', 'user'],
  fields: {
    ...OBJECT_FIELDS,
    ...PERSON_FIELDS,
    description: longText({}),
    publicationPreference: json<readonly string[]>({ label: 'Publication preference', default: ['email'] }),
    signature: text({ readOnly: true, maxLength: 64, help: 'Hash of the picture of the signature.' }),
    department: reference('lims.department', {}),
    departments: references(
      'lims.department',
      { table: 'lims_lab_contact_department', from: 'lab_contact_id', to: 'department_id' },
      {},
    ),
    user: reference('access.user', { unique: true, label: 'User account' }),
  },
  permissions: SETUP_PERMISSIONS,
})
