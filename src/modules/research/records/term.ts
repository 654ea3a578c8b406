import { defineRecord, type Row, reference, text } from '../../../core/record.ts'

/** One term of a controlled list. A retired one stays where it was used and is refused in new data. */
export const termRecord = defineRecord({
  name: 'research.term',
  table: 'research_term',
  path: 'terms',
  label: { one: 'Term', many: 'Terms' },
  titleField: 'label',
  unique: [['vocabulary', 'code']],
  fields: {
    vocabulary: reference('research.vocabulary', { label: 'Controlled list', required: true }),
    code: text({ label: 'Code', required: true, search: true, help: 'What is stored.' }),
    label: text({ label: 'Label', required: true, search: true }),
    iri: text({ label: 'IRI', maxLength: 500, help: 'Its address in an ontology; named in exports.' }),
    replacedBy: reference('research.term', { label: 'Replaced by' }),
  },
})

export type Term = Row<typeof termRecord>
