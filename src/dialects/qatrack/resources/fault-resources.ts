import { declareResource, to } from './declare-resource.ts'
import type { WireResource } from './wire-resource.ts'

/** `/api/faults/`. The documented system shows faults without `url` and cannot make any; here both work. */
export const FAULT_RESOURCES: readonly WireResource[] = [
  declareResource({
    path: 'faults/faults',
    title: 'Fault',
    record: 'machine-qa.fault',
    fields: 'unit modality fault_types occurred',
    order: ['-occurred', '-id'],
    filters: {
      fault_types: to('faults/faulttypes'),
      unit: to('units/units'),
      modality: to('units/modalities'),
      occurred: 'E IN mm',
      created: 'E IN',
      modified: 'E IN',
    },
    writes: { required: 'fault_types', nonEmpty: 'fault_types', nonNull: 'occurred' },
  }),
  declareResource({
    path: 'faults/faulttypes',
    title: 'Fault Type',
    record: 'machine-qa.fault-type',
    fields: 'code slug description',
    filters: { code: 'ALL' },
    writes: { readOnly: 'slug' },
  }),
]
