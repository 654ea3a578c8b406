import { defineRecord, longText, reference, text } from '../../../core/record.ts'

/** What a test is about; categories form a tree. */
export const category = defineRecord({
  name: 'machine-qa.category',
  table: 'qa_category',
  path: 'categories',
  label: { one: 'Category', many: 'Categories' },
  titleField: 'name',
  fields: {
    name: text({ required: true, unique: true, search: true }),
    slug: text({ default: '', unique: true }),
    description: longText({ default: '' }),
    parent: reference('machine-qa.category', {}),
  },
})
