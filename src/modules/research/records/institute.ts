import { defineRecord, type Row, references, text } from '../../../core/record.ts'

/** A place that makes and keeps samples. Whoever belongs to it may write its samples and experiments. */
export const instituteRecord = defineRecord({
  name: 'research.institute',
  table: 'research_institute',
  path: 'institutes',
  label: { one: 'Institute', many: 'Institutes' },
  description: 'Institutes that share samples. Their numbers are part of sample ids.',
  titleField: 'name',
  order: ['id'],
  listFields: ['name', 'affiliation', 'city', 'email', 'telephone'],
  fields: {
    name: text({ label: 'Name', required: true, unique: true, search: true }),
    affiliation: text({ label: 'Affiliation', help: 'The organisation that it belongs to.', search: true }),
    street: text({ label: 'Street', required: true, maxLength: 50 }),
    postcode: text({ label: 'Postcode', required: true, maxLength: 10 }),
    city: text({ label: 'City', required: true, maxLength: 50, search: true }),
    telephone: text({ label: 'Telephone', required: true, maxLength: 50 }),
    email: text({ label: 'E-mail', required: true, maxLength: 254, pattern: /^[^\s@]+@[^\s@]+$/ }),
    members: references(
      'access.user',
      { table: 'research_institute_member', from: 'institute_id', to: 'user_id' },
      { label: 'Members', help: 'They may write samples and experiments of this institute.' },
    ),
  },
})

export type Institute = Row<typeof instituteRecord>
