import { day, defineRecord, longText, reference, text } from '../../../core/record.ts'

/**
 * One physical machine or instrument. QA units, laboratory instruments and DICOM stations refer to it, so that
 * "fit for use at this time" has one home.
 */
export const equipment = defineRecord({
  name: 'equipment.equipment',
  table: 'equipment_equipment',
  path: 'equipment',
  label: { one: 'Equipment', many: 'Equipment' },
  titleField: 'name',
  listFields: [
    'name',
    'assetNumber',
    'maker',
    'model',
    'serialNumber',
    'site',
    'inServiceFrom',
    'inServiceTo',
  ],
  fields: {
    name: text({ required: true, search: true }),
    assetNumber: text({ unique: true, maxLength: 64, search: true, label: 'Asset number' }),
    maker: text({ maxLength: 128, search: true }),
    model: text({ maxLength: 128, search: true }),
    serialNumber: text({ maxLength: 128, search: true, label: 'Serial number' }),
    site: reference('equipment.site', {}),
    place: text({ help: 'Room or position within the site.' }),
    inServiceFrom: day({ label: 'In service from' }),
    inServiceTo: day({ label: 'In service to' }),
    notes: longText({}),
  },
  permissions: { view: 'equipment.access' },
})
