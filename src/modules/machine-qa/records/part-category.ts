import { defineRecord, text } from '../../../core/record.ts'

export const partCategory = defineRecord({
  name: 'machine-qa.part-category',
  table: 'qa_part_category',
  path: 'part-categories',
  label: { one: 'Part category', many: 'Part categories' },
  titleField: 'name',
  fields: { name: text({ required: true, unique: true, maxLength: 64, search: true }) },
})
