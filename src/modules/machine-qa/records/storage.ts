import { defineRecord, longText, reference, text } from '../../../core/record.ts'

/** A place within a room where parts are kept; one without a name is the room itself. */
export const storage = defineRecord({
  name: 'machine-qa.storage',
  table: 'qa_storage',
  path: 'storages',
  label: { one: 'Storage', many: 'Storages' },
  titleField: 'location',
  order: ['location', 'id'],
  fields: {
    room: reference('machine-qa.room', {}),
    location: text({ maxLength: 32, search: true }),
    description: longText({}),
  },
  unique: [['room', 'location']],
})
