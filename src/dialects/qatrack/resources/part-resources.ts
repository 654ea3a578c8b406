import { equals, related } from '../../../core/query.ts'
import { declareResource, to } from './declare-resource.ts'
import type { WireResource } from './wire-resource.ts'

const ALL = 'ALL'

/** `/api/parts/`: spare parts, where they are kept, who sells them and what service used. */
export const PART_RESOURCES: readonly WireResource[] = [
  declareResource({
    path: 'parts/suppliers',
    title: 'Supplier',
    record: 'machine-qa.supplier',
    fields: 'name address phone_number website notes',
    filters: { name: ALL, notes: ALL },
    writes: { addresses: 'website' },
  }),
  declareResource({
    path: 'parts/storages',
    title: 'Storage',
    record: 'machine-qa.storage',
    fields: 'location description room',
    order: ['location', 'id'],
    filters: { room: to('parts/rooms'), location: ALL, description: ALL },
    writes: {},
  }),
  declareResource({
    path: 'parts/rooms',
    title: 'Room',
    record: 'machine-qa.room',
    fields: 'name site',
    filters: { name: ALL, site: to('units/sites') },
  }),
  declareResource({
    path: 'parts/partcategories',
    title: 'Part Category',
    record: 'machine-qa.part-category',
    fields: 'name',
    filters: { name: ALL },
    writes: {},
  }),
  declareResource({
    path: 'parts/parts',
    title: 'Part',
    record: 'machine-qa.part',
    fields:
      'name part_number new_or_used alt_part_number quantity_min quantity_current cost notes is_obsolete ' +
      'part_category suppliers storage',
    order: ['partNumber', 'id'],
    filters: {
      part_category: to('parts/partcategories'),
      suppliers: to('parts/suppliers'),
      storage: to('parts/storages'),
      part_number: ALL,
      alt_part_number: ALL,
      name: ALL,
      quantity_min: ALL,
      quantity_current: ALL,
      cost: ALL,
      notes: ALL,
      is_obsolete: ALL,
    },
    writes: { readOnly: 'quantity_current suppliers storage' },
  }),
  declareResource({
    path: 'parts/partstoragecollections',
    title: 'Part Storage Collection',
    record: 'machine-qa.part-storage',
    fields: 'quantity part storage',
    order: ['-quantity', 'part.partNumber', 'id'],
    filters: { part: to('parts/parts'), storage: to('parts/storages'), quantity: ALL },
    writes: { noun: 'part storage collection' },
  }),
  declareResource({
    path: 'parts/partsuppliercollections',
    title: 'Part Supplier Collection',
    record: 'machine-qa.part-supplier',
    fields: 'part_number part supplier',
    filters: { part: to('parts/parts'), supplier: to('parts/suppliers'), part_number: ALL },
    writes: { noun: 'part supplier collection' },
  }),
  declareResource({
    path: 'parts/partuseds',
    title: 'Part Used',
    record: 'machine-qa.part-used',
    fields: 'quantity service_event part from_storage',
    within: related('serviceEvent', equals('isActive', true)),
    filters: {
      service_event: to('servicelog/serviceevents'),
      part: to('parts/parts'),
      from_storage: to('parts/storages'),
      quantity: ALL,
    },
    writes: {},
  }),
]
