import type { ApiError } from '../../api/api-error.ts'
import type { InfoForm } from '../../api/research/info-form.ts'
import type { SummaryProblem } from '../../ui/ErrorSummary.tsx'

/** What the form of a sample holds besides its info; ids of choices as texts. */
export interface SampleDraft {
  readonly sampleId: string
  readonly name: string
  readonly dateCreated: string
  readonly type: string
  readonly institute: string
  readonly project: string
  readonly method: string
  readonly location: string
  readonly amount: string
  readonly unit: string
  readonly info: InfoForm
}

export type OwnField = Exclude<keyof SampleDraft, 'info' | 'unit'>

/** Names of the fields in what is sent, as refusals name them. */
export const FIELD_OF: Readonly<Record<string, OwnField>> = {
  sampleId: 'sampleId',
  name: 'name',
  dateCreated: 'dateCreated',
  sampleTypeId: 'type',
  instituteId: 'institute',
  projectId: 'project',
  methodId: 'method',
  location: 'location',
  amount: 'amount',
}

export const OWN_LABELS: Readonly<Record<OwnField, string>> = {
  sampleId: 'Sample id',
  name: 'Name',
  dateCreated: 'Made on',
  type: 'Sample type',
  institute: 'Institute',
  project: 'Project',
  method: 'Made by',
  location: 'Location',
  amount: 'Amount',
}

export interface Refused {
  readonly own: ReadonlyMap<OwnField, string>
  /** by JSON pointer into the info */
  readonly info: ReadonlyMap<string, string>
  readonly summary: readonly SummaryProblem[]
}

export const ownId = (field: string): string => `sample-${field}`
export const infoId = (pointer: string): string => `info${pointer.replaceAll('/', '-')}`

/** Puts each problem of a refusal beside its field, and all of them into the summary. */
export function readRefusal(error: ApiError): Refused {
  const own = new Map<OwnField, string>()
  const info = new Map<string, string>()
  const summary = error.problems.map(({ field, problem }): SummaryProblem => {
    const known = FIELD_OF[field]
    if (known !== undefined) {
      own.set(known, problem)
      return { fieldId: ownId(known), text: `${OWN_LABELS[known]}: ${problem}` }
    }
    if (!field.startsWith('info.')) return { text: field === '' ? problem : `${field}: ${problem}` }
    const pointer = `/${field.slice('info.'.length).replaceAll('.', '/')}`
    info.set(pointer, problem)
    return { fieldId: infoId(pointer), text: `${wordsOf(pointer)}: ${problem}` }
  })
  return { own, info, summary: summary.length === 0 ? [{ text: error.message }] : summary }
}

/** A pointer as words: `/layers/0/thickness` → `Layers, row 1, thickness`. */
export function wordsOf(pointer: string): string {
  const words = pointer
    .split('/')
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? `row ${Number(part) + 1}` : part.replaceAll('_', ' ')))
    .join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Problems of a refusal for a form whose fields have no names of their own. */
export function summaryOf(error: ApiError): readonly SummaryProblem[] {
  if (error.problems.length === 0) return [{ text: error.message }]
  return error.problems.map(({ field, problem }) => ({
    text: field === '' ? problem : `${field}: ${problem}`,
  }))
}
