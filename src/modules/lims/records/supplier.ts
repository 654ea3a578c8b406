import { defineRecord, longText, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SEES_ALL_CLIENTS } from './object-fields.ts'
import { ORGANISATION_FIELDS } from './organisation-fields.ts'

const PERMISSIONS = {
  view: SEES_ALL_CLIENTS,
  add: 'lims.reference.manage',
  change: 'lims.reference.manage',
  retire: 'lims.reference.manage',
}

export const supplier = defineRecord({
  name: 'lims.supplier',
  table: 'lims_supplier',
  path: 'suppliers',
  label: { one: 'Supplier', many: 'Suppliers' },
  titleField: 'name',
  listFields: ['name', 'emailAddress', 'phone', 'website'],
  fields: {
    ...OBJECT_FIELDS,
    ...ORGANISATION_FIELDS,
    description: longText({}),
    website: text({ maxLength: 500 }),
    nib: text({ label: 'NIB', group: 'Bank' }),
    ibn: text({ label: 'IBAN', group: 'Bank' }),
    swiftcode: text({ label: 'SWIFT code', group: 'Bank' }),
    remarks: longText({}),
  },
  permissions: PERMISSIONS,
})
