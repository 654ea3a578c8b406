import { defineRecord, reference, text } from '../../../core/record.ts'

/** A room in which parts are kept. */
export const room = defineRecord({
  name: 'machine-qa.room',
  table: 'qa_room',
  path: 'rooms',
  label: { one: 'Room', many: 'Rooms' },
  titleField: 'name',
  fields: {
    name: text({ required: true, maxLength: 32, search: true }),
    site: reference('equipment.site', {}),
  },
  unique: [['name', 'site']],
})
