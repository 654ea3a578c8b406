import {
  boolean,
  choice,
  defineRecord,
  instant,
  longText,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import { OBJECT_FIELDS, ofLaboratoryOrOwnClient } from './object-fields.ts'

/** Samples that belong together, of one client or several. */
export const batch = defineRecord({
  name: 'lims.batch',
  table: 'lims_batch',
  path: 'batches',
  label: { one: 'Batch', many: 'Batches' },
  titleField: 'title',
  listFields: ['objectId', 'title', 'client', 'state', 'batchDate'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    client: reference('lims.client', {}),
    clientBatchId: text({ search: true, label: "Client's batch ID", column: 'client_batch_number' }),
    batchDate: instant({ label: 'Date' }),
    batchLabels: references(
      'lims.batch-label',
      { table: 'lims_batch_batch_label', from: 'batch_id', to: 'label_id' },
      { label: 'Labels' },
    ),
    inheritedObjects: references(
      'lims.request',
      { table: 'lims_batch_inherited', from: 'batch_id', to: 'request_id' },
      { label: 'Inherited samples' },
    ),
    remarks: longText({}),
    state: choice({ open: 'Open', closed: 'Closed' }, { default: 'open', readOnly: true }),
    cancelled: boolean({ default: false, readOnly: true }),
  },
  scope: ofLaboratoryOrOwnClient,
})
