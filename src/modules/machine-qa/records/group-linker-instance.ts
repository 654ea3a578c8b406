import { defineRecord, instant, reference } from '../../../core/record.ts'

/** Who had a role in a service event. */
export const groupLinkerInstance = defineRecord({
  name: 'machine-qa.group-linker-instance',
  table: 'qa_group_linker_instance',
  path: 'group-linker-instances',
  label: { one: 'Group linker instance', many: 'Group linker instances' },
  titleField: 'datetimeLinked',
  order: ['id'],
  fields: {
    groupLinker: reference('machine-qa.group-linker', { required: true }),
    user: reference('access.user', { required: true }),
    serviceEvent: reference('machine-qa.service-event', { required: true }),
    datetimeLinked: instant({ label: 'Linked' }),
  },
  permissions: { view: 'machine-qa.service-event.view' },
  retirable: false,
})
