import { boolean, decimal, defineRecord, integer, longText, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const priority = defineRecord({
  name: 'lims.priority',
  table: 'lims_priority',
  path: 'priorities',
  label: { one: 'Priority', many: 'Priorities' },
  titleField: 'title',
  order: ['sortKey', 'title'],
  listFields: ['title', 'sortKey', 'pricePremium', 'isDefault'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    sortKey: integer({ default: 100, label: 'Sort key' }),
    pricePremium: decimal({ default: 0, unit: '%', label: 'Price premium' }),
    isDefault: boolean({ default: false, label: 'Default' }),
  },
  permissions: SETUP_PERMISSIONS,
})
