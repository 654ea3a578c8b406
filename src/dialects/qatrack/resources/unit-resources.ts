import { declareResource, TEXT, to } from './declare-resource.ts'
import type { WireResource } from './wire-resource.ts'

const HOURS =
  'hours_sunday hours_monday hours_tuesday hours_wednesday hours_thursday hours_friday hours_saturday'

/** `/api/units/`: machines and what describes them. */
export const UNIT_RESOURCES: readonly WireResource[] = [
  declareResource({
    path: 'units/vendors',
    title: 'Vendor',
    record: 'machine-qa.vendor',
    fields: 'name notes',
    filters: { name: TEXT },
  }),
  declareResource({
    path: 'units/unitclasses',
    title: 'Unit Class',
    record: 'machine-qa.unit-class',
    fields: 'name',
    filters: { name: TEXT },
  }),
  declareResource({
    path: 'units/sites',
    title: 'Site',
    record: 'equipment.site',
    fields: 'name slug',
    filters: { name: TEXT },
  }),
  declareResource({
    path: 'units/unittypes',
    title: 'Unit Type',
    record: 'machine-qa.unit-type',
    fields: 'name model collapse vendor unit_class',
    filters: { vendor: to('units/vendors'), unit_class: to('units/unitclasses'), name: TEXT, model: TEXT },
  }),
  declareResource({
    path: 'units/modalities',
    title: 'Modality',
    record: 'machine-qa.modality',
    fields: 'name',
    filters: { name: TEXT },
  }),
  declareResource({
    path: 'units/units',
    title: 'Unit',
    record: 'machine-qa.unit',
    // the last two belong to an older release, and to the sample in its users' document
    fields:
      'name number site type serial_number location install_date date_acceptance active is_serviceable modalities restricted',
    detailFields:
      'number name serial_number location install_date date_acceptance active is_serviceable type site modalities restricted',
    emptyTexts: 'serial_number location',
    extra: async (_presenting, rows) => new Map(rows.map((row) => [row.id, { restricted: false }])),
    filters: {
      type: to('units/unittypes'),
      site: to('units/sites'),
      number: 'E IN',
      name: TEXT,
      serial_number: TEXT,
      location: TEXT,
      install_date: 'E mm',
      date_acceptance: 'E mm',
      active: 'E',
    },
  }),
  declareResource({
    path: 'units/availabletimes',
    title: 'Unit Available Time',
    record: 'machine-qa.available-time',
    fields: `date_changed ${HOURS} unit`,
    order: ['unit.number', '-dateChanged'],
    filters: { unit: to('units/units'), date_changed: 'E mm' },
  }),
  declareResource({
    path: 'units/availabletimeedits',
    title: 'Unit Available Time Edit',
    record: 'machine-qa.available-time-edit',
    fields: 'name date hours unit',
    order: ['unit.number', '-date'],
    filters: { unit: to('units/units'), name: TEXT, date: 'E mm' },
  }),
]
