import type { WireNewSample } from '../../../../src/dialects/native/lims/samples.schema.ts'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { instantOf } from '../../ui/site-time.ts'

/** One column of the page that registers samples, as it is filled in. */
export interface NewSampleColumn {
  /** Tells columns apart while they are added and removed. */
  readonly key: number
  readonly client: ReferenceOption | null
  readonly contact: ReferenceOption | null
  readonly sampleType: ReferenceOption | null
  /** Wall clock of the site: `2026-11-22T09:30`. */
  readonly samplingDate: string
  readonly template: ReferenceOption | null
  readonly profiles: readonly ReferenceOption[]
  readonly services: readonly ReferenceOption[]
  readonly specification: ReferenceOption | null
  readonly samplePoint: ReferenceOption | null
  readonly priority: ReferenceOption | null
  readonly batch: ReferenceOption | null
  readonly clientSampleId: string
  readonly clientReference: string
  readonly remarks: string
}

export const EMPTY_COLUMN: NewSampleColumn = {
  key: 0,
  client: null,
  contact: null,
  sampleType: null,
  samplingDate: '',
  template: null,
  profiles: [],
  services: [],
  specification: null,
  samplePoint: null,
  priority: null,
  batch: null,
  clientSampleId: '',
  clientReference: '',
  remarks: '',
}

/** A further column like the last one; what tells samples apart begins empty. */
export function nextColumn(columns: readonly NewSampleColumn[]): NewSampleColumn {
  const last = columns.at(-1) ?? EMPTY_COLUMN
  const key = Math.max(0, ...columns.map((column) => column.key)) + 1
  return { ...last, key, clientSampleId: '', remarks: '' }
}

/** What is sent for a column. An absent client or contact is sent as 0, which the server refuses by name. */
export function wireOf(column: NewSampleColumn, zone: string): WireNewSample {
  const at = column.samplingDate === '' ? undefined : instantOf(column.samplingDate, zone)
  return {
    client: column.client?.id ?? 0,
    contact: column.contact?.id ?? 0,
    sampleType: column.sampleType?.id ?? null,
    samplingDate: at?.toISOString() ?? null,
    template: column.template?.id ?? null,
    profiles: column.profiles.map(({ id }) => id),
    services: column.services.map(({ id }) => id),
    specification: column.specification?.id ?? null,
    samplePoint: column.samplePoint?.id ?? null,
    priority: column.priority?.id ?? null,
    batch: column.batch?.id ?? null,
    clientSampleId: column.clientSampleId.trim() || null,
    clientReference: column.clientReference.trim() || null,
    remarks: column.remarks.trim() || null,
  }
}

/** What is missing before anything is sent, by field. */
export function missingOf(column: NewSampleColumn): Readonly<Record<string, string>> {
  const missing: Record<string, string> = {}
  if (column.client === null) missing.client = 'Choose the client.'
  if (column.contact === null) missing.contact = 'Choose the contact.'
  if (column.sampleType === null && column.template === null) missing.sampleType = 'Choose the sample type.'
  if (column.services.length + column.profiles.length === 0 && column.template === null)
    missing.services = 'Choose analyses, a profile or a template.'
  return missing
}

/** Problems of one column: the server names them `contact` for one sample, `2.contact` for several. */
export function problemsOfColumn(
  problems: readonly { readonly field: string; readonly problem: string }[],
  index: number,
  columns: number,
): Readonly<Record<string, string>> {
  const prefix = columns > 1 ? `${index}.` : ''
  return Object.fromEntries(
    problems
      .filter(({ field }) => field.startsWith(prefix))
      .map(({ field, problem }) => [field.slice(prefix.length).split('.')[0] ?? '', problem]),
  )
}
