import { boolean, defineRecord, longText, reference, text } from '../../../core/record.ts'

/** A role that somebody has in a service event, such as "physicist reported to". */
export const groupLinker = defineRecord({
  name: 'machine-qa.group-linker',
  table: 'qa_group_linker',
  path: 'group-linkers',
  label: { one: 'Group linker', many: 'Group linkers' },
  titleField: 'name',
  fields: {
    name: text({ required: true, maxLength: 64, search: true }),
    group: reference('access.group', { help: 'Who may have the role.' }),
    multiple: boolean({ default: false, label: 'Several people' }),
    required: boolean({ default: false }),
    description: longText({}),
    helpText: text({ maxLength: 64 }),
  },
  unique: [['name', 'group']],
})
