import { defineRecord, text } from '../../../core/record.ts'

/** A place where equipment stands: a hospital, a campus, a building. */
export const site = defineRecord({
  name: 'equipment.site',
  table: 'equipment_site',
  path: 'sites',
  label: { one: 'Site', many: 'Sites' },
  titleField: 'name',
  fields: {
    name: text({ required: true, unique: true, maxLength: 64, search: true }),
    slug: text({
      default: '',
      unique: true,
      maxLength: 50,
      help: 'Short name used in addresses; made from the name when empty.',
    }),
  },
  permissions: { view: 'equipment.access' },
})
