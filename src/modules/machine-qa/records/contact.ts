import { defineRecord, longText, reference, text } from '../../../core/record.ts'

/** Whom to call about a unit, or at a supplier or vendor. */
export const contact = defineRecord({
  name: 'machine-qa.contact',
  table: 'qa_contact',
  path: 'contacts',
  label: { one: 'Contact', many: 'Contacts' },
  titleField: 'name',
  listFields: ['name', 'role', 'phone', 'email', 'unit', 'supplier', 'vendor'],
  fields: {
    name: text({ required: true, maxLength: 128, search: true }),
    role: text({ default: '', maxLength: 128, search: true }),
    phone: text({ default: '', maxLength: 64 }),
    email: text({ default: '', maxLength: 254 }),
    notes: longText({ default: '', maxLength: 10_000 }),
    unit: reference('machine-qa.unit', {}),
    supplier: reference('machine-qa.supplier', {}),
    vendor: reference('machine-qa.vendor', {}),
  },
})
