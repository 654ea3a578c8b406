import { boolean, defineRecord, html, longText, reference, references, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const method = defineRecord({
  name: 'lims.method',
  table: 'lims_method',
  path: 'methods',
  label: { one: 'Method', many: 'Methods' },
  titleField: 'title',
  listFields: ['title', 'methodId', 'accredited', 'calculation'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    methodId: text({ unique: true, search: true, label: 'Method ID', column: 'method_number' }),
    instructions: html({}),
    instruments: references(
      'lims.instrument',
      { table: 'lims_method_instrument', from: 'method_id', to: 'instrument_id' },
      {},
    ),
    manualEntryOfResults: boolean({ default: true, label: 'Results are typed in' }),
    calculation: reference('lims.calculation', {}),
    accredited: boolean({ default: true }),
  },
  permissions: SETUP_PERMISSIONS,
})
