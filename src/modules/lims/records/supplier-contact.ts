import { defineRecord, longText, reference } from '../../../core/record.ts'
import { OBJECT_FIELDS, SEES_ALL_CLIENTS } from './object-fields.ts'
import { PERSON_FIELDS } from './person-fields.ts'

const PERMISSIONS = {
  view: SEES_ALL_CLIENTS,
  add: 'lims.reference.manage',
  change: 'lims.reference.manage',
  retire: 'lims.reference.manage',
}

export const supplierContact = defineRecord({
  name: 'lims.supplier-contact',
  table: 'lims_supplier_contact',
  path: 'supplier-contacts',
  label: { one: 'Supplier contact', many: 'Supplier contacts' },
  titleField: 'fullname',
  listFields: ['fullname', 'supplier', 'emailAddress', 'businessPhone'],
  fields: {
    ...OBJECT_FIELDS,
    supplier: reference('lims.supplier', { required: true }),
    ...PERSON_FIELDS,
    description: longText({}),
  },
  permissions: PERMISSIONS,
})
