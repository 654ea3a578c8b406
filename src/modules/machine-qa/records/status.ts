import { boolean, colour, defineRecord, longText, text } from '../../../core/record.ts'

/** What reviewers say of a result: unreviewed, approved, rejected. */
export const status = defineRecord({
  name: 'machine-qa.status',
  table: 'qa_status',
  path: 'statuses',
  label: { one: 'Status', many: 'Statuses' },
  titleField: 'name',
  order: ['id'],
  listFields: ['name', 'isDefault', 'requiresReview', 'valid', 'exportByDefault', 'colour'],
  fields: {
    name: text({ required: true, unique: true, maxLength: 50, search: true }),
    slug: text({ default: '', unique: true, maxLength: 50 }),
    description: longText({}),
    isDefault: boolean({ default: false, label: 'Default' }),
    requiresReview: boolean({ default: true }),
    exportByDefault: boolean({ default: true }),
    valid: boolean({ default: true, help: 'Results with this status count for scheduling.' }),
    colour: colour({ default: 'rgba(60,141,188,1)' }),
  },
})
