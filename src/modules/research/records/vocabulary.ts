import { boolean, defineRecord, longText, type Row, text } from '../../../core/record.ts'

/** A controlled list that fields of sample types choose from. */
export const vocabularyRecord = defineRecord({
  name: 'research.vocabulary',
  table: 'research_vocabulary',
  path: 'vocabularies',
  label: { one: 'Controlled list', many: 'Controlled lists' },
  titleField: 'name',
  fields: {
    name: text({ label: 'Name', required: true, unique: true, search: true }),
    key: text({
      label: 'Key',
      required: true,
      unique: true,
      maxLength: 63,
      pattern: /^[a-z][a-z0-9-]*$/,
      help: 'What sample types call it.',
    }),
    open: boolean({ label: 'Open', default: false, help: 'Other texts than its terms are accepted too.' }),
    description: longText({ label: 'Description' }),
  },
})

export type Vocabulary = Row<typeof vocabularyRecord>
