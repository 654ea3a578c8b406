import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { idsIn } from './load-related.ts'
import type { Presenting, WireObject } from './presenting.ts'

/** Columns that catalogs show of setup, after the fields they stand for (specification 1.7). */
const SETUP_COLUMNS = [
  'Accredited',
  'Blank',
  'Hazardous',
  'DuplicateVariation',
  'Formula',
  'Keyword',
  'MaxTimeAllowed',
  'Model',
  'PointOfCapture',
  'Price',
  'Unit',
  'Fullname',
  'Name',
  'MethodID',
]
const SETUP_TITLES = [
  'Category',
  'Department',
  'Instrument',
  'SamplePoint',
  'SampleType',
  'Client',
  '_Calculation',
  'InstrumentLocation',
  'InstrumentType',
]

/** What the catalogs keep of an object. */
export function catalogKeys(presenting: Presenting, row: AnyRow): WireObject {
  const { wire, options } = presenting
  const title = String(row[wire.record.titleField] ?? '')
  const base = {
    UID: row.uid,
    id: row.objectId,
    getId: row.objectId,
    Title: title,
    Description: row.description ?? '',
    Type: wire.type.type,
    portal_type: wire.type.type,
    sortable_title: title.toLowerCase(),
  }
  const portal =
    options.catalog === 'portal_catalog'
      ? {
          meta_type: wire.type.type,
          Creator: '',
          Subject: [],
          is_folderish: wire.type.holds.length > 0,
          Date: isoOf(row.modifiedAt),
        }
      : {}
  return { ...base, ...portal, ...requestColumns(presenting, row), ...setupColumns(presenting, row) }
}

function isoOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : 'None'
}

function titleOf({ related, wire }: Presenting, target: string, id: unknown): string {
  const found = related.get(target)?.get(Number(id))
  return found ? String(found[wire.recordNamed(target).titleField] ?? '') : ''
}

function requestColumns(presenting: Presenting, row: AnyRow): WireObject {
  const { wire, samples } = presenting
  if (wire.type.type !== 'AnalysisRequest' && wire.type.type !== 'Sample') return {}
  const material = wire.type.type === 'Sample' ? row : samples.get(Number(row.sample))
  return {
    getSampleID: material?.objectId ?? '',
    getClientTitle: titleOf(presenting, 'lims.client', row.client),
    getClientReference: material?.clientReference ?? '',
    getClientSampleID: material?.clientSampleId ?? '',
    getSampleTypeTitle: titleOf(presenting, 'lims.sample-type', material?.sampleType),
    getSamplePointTitle: titleOf(presenting, 'lims.sample-point', material?.samplePoint),
    ...(wire.type.type === 'Sample'
      ? {}
      : {
          getRequestID: row.objectId,
          getClientOrderNumber: row.clientOrderNumber ?? '',
          getContactTitle: titleOf(presenting, 'lims.contact', row.contact),
          getProfilesTitle: idsIn(row.profiles).map((id) => titleOf(presenting, 'lims.profile', id)),
        }),
  }
}

function setupColumns(presenting: Presenting, row: AnyRow): WireObject {
  const { wire, related } = presenting
  if (!wire.catalogs.includes('bika_setup_catalog')) return {}
  const plain = SETUP_COLUMNS.flatMap((name) => {
    const field = wire.fields.get(name)
    return field && field.target === undefined && field.kind !== 'instant'
      ? [[`get${name}`, row[field.field]]]
      : []
  })
  const titles = SETUP_TITLES.flatMap((name) => {
    const field = wire.fields.get(name)
    if (!field?.target || field.kind !== 'reference') return []
    const column = name.replace('_', '')
    const uid = related.get(field.target)?.get(Number(row[field.field]))?.uid ?? ''
    return [
      [`get${column}Title`, titleOf(presenting, field.target, row[field.field])],
      [`get${column}UID`, uid],
    ]
  })
  return Object.fromEntries([...plain, ...titles])
}
