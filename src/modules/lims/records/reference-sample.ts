import {
  boolean,
  choice,
  defineRecord,
  instant,
  json,
  longText,
  reference,
  text,
} from '../../../core/record.ts'
import type { ReferenceResult } from '../domain/reference-result.ts'
import { OBJECT_FIELDS, SEES_ALL_CLIENTS } from './object-fields.ts'

const PERMISSIONS = {
  view: SEES_ALL_CLIENTS,
  add: 'lims.reference.manage',
  change: 'lims.reference.manage',
  retire: 'lims.reference.manage',
}

/** A bottle of blank or control material. */
export const referenceSample = defineRecord({
  name: 'lims.reference-sample',
  table: 'lims_reference_sample',
  path: 'reference-samples',
  label: { one: 'Reference sample', many: 'Reference samples' },
  titleField: 'title',
  listFields: ['objectId', 'title', 'referenceDefinition', 'blank', 'state', 'expiryDate'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    supplier: reference('lims.supplier', { required: true }),
    referenceDefinition: reference('lims.reference-definition', { label: 'Definition' }),
    blank: boolean({ default: false }),
    hazardous: boolean({ default: false }),
    manufacturer: reference('lims.manufacturer', {}),
    catalogueNumber: text({ label: 'Catalogue number' }),
    lotNumber: text({ search: true, label: 'Lot number' }),
    dateSampled: instant({ label: 'Sampled' }),
    dateReceived: instant({ label: 'Received' }),
    dateOpened: instant({ label: 'Opened' }),
    expiryDate: instant({ required: true, label: 'Expires' }),
    dateExpired: instant({ readOnly: true, label: 'Expired' }),
    dateDisposed: instant({ readOnly: true, label: 'Disposed' }),
    referenceResults: json<readonly ReferenceResult[]>({ default: [], label: 'Expected results' }),
    remarks: longText({}),
    state: choice(
      { current: 'Current', expired: 'Expired', disposed: 'Disposed' },
      { default: 'current', readOnly: true },
    ),
  },
  permissions: PERMISSIONS,
})
