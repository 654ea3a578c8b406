import { choice, defineRecord, number, text } from '../../../core/record.ts'

/** The value that a result is compared with. Never changed: a new value is a new row. */
export const referenceValue = defineRecord({
  name: 'machine-qa.reference',
  table: 'qa_reference',
  path: 'references',
  label: { one: 'Reference', many: 'References' },
  titleField: 'name',
  order: ['id'],
  writer: 'verbs',
  fields: {
    name: text({ required: true, search: true }),
    type: choice({ numerical: 'Numerical', boolean: 'Yes / No' }, { required: true }),
    value: number({ required: true }),
  },
  retirable: false,
})
