import { boolean, defineRecord, longText, reference, text } from '../../../core/record.ts'
import { OBJECT_FIELDS, SETUP_PERMISSIONS } from './object-fields.ts'

export const container = defineRecord({
  name: 'lims.container',
  table: 'lims_container',
  path: 'containers',
  label: { one: 'Container', many: 'Containers' },
  titleField: 'title',
  listFields: ['title', 'containerType', 'capacity', 'prePreserved', 'preservation'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    containerType: reference('lims.container-type', { label: 'Container type' }),
    capacity: text({ default: '0 ml', maxLength: 40, help: 'Such as 100 ml.' }),
    prePreserved: boolean({ default: false, label: 'Pre-preserved' }),
    preservation: reference('lims.preservation', {}),
    securitySealIntact: boolean({ default: true, label: 'Security seal intact' }),
  },
  permissions: SETUP_PERMISSIONS,
})
