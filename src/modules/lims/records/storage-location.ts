import { defineRecord, longText, text } from '../../../core/record.ts'
import { INTERNAL_SETUP_PERMISSIONS, OBJECT_FIELDS } from './object-fields.ts'

export const storageLocation = defineRecord({
  name: 'lims.storage-location',
  table: 'lims_storage_location',
  path: 'storage-locations',
  label: { one: 'Storage location', many: 'Storage locations' },
  titleField: 'title',
  listFields: ['title', 'siteTitle', 'locationTitle', 'shelfTitle'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true, label: 'Address' }),
    description: longText({}),
    siteTitle: text({ label: 'Site' }),
    siteCode: text({ label: 'Site code' }),
    siteDescription: text({ label: 'Site description' }),
    locationTitle: text({ label: 'Location' }),
    locationCode: text({ label: 'Location code' }),
    locationDescription: text({ label: 'Location description' }),
    locationType: text({ label: 'Location type' }),
    shelfTitle: text({ label: 'Shelf' }),
    shelfCode: text({ label: 'Shelf code' }),
    shelfDescription: text({ label: 'Shelf description' }),
  },
  permissions: INTERNAL_SETUP_PERMISSIONS,
})
