import type {
  WireFormRow,
  WireServiceEvent,
  WireServiceForm,
} from '../../../../src/dialects/native/machine-qa/service.schema.ts'
import type { Reference } from '../../api/records.ts'
import { numberOf, referenceOf, textOf } from '../../api/row-values.ts'
import { formatDuration, instantOf, parseDuration, wallClock } from '../../ui/site-time.ts'

/** Who worked how long, as it is typed; `who` is `u3` for a user and `t5` for a third party. */
export interface HoursEntry {
  readonly key: number
  readonly id?: number
  readonly who: string | null
  readonly time: string
}

export interface PartEntry {
  readonly key: number
  readonly id?: number
  readonly part: Reference | null
  readonly storage: string | null
  readonly quantity: string
}

export interface ReturnEntry {
  readonly key: number
  readonly id?: number
  readonly assignment: string | null
}

/** A service event as it is typed. */
export interface ServiceDraft {
  readonly unit: Reference | null
  readonly area: string | null
  readonly type: string | null
  readonly status: string | null
  readonly template: string | null
  readonly serviceAt: string
  readonly problem: string
  readonly work: string
  readonly safety: string
  readonly serviceTime: string
  readonly lostTime: string
  readonly isReviewRequired: boolean
  readonly related: readonly Reference[]
  readonly hours: readonly HoursEntry[]
  readonly parts: readonly PartEntry[]
  readonly returns: readonly ReturnEntry[]
  /** by id of the role */
  readonly linkers: Readonly<Record<string, readonly string[]>>
}

let lastKey = 0
/** Tells rows of one form apart. */
export function newKey(): number {
  lastKey += 1
  return lastKey
}

export function emptyDraft(now: Date, zone: string): ServiceDraft {
  return {
    unit: null,
    area: null,
    type: null,
    status: null,
    template: null,
    serviceAt: wallClock(now, zone),
    problem: '',
    work: '',
    safety: '',
    serviceTime: '',
    lostTime: '',
    isReviewRequired: true,
    related: [],
    hours: [],
    parts: [],
    returns: [],
    linkers: {},
  }
}

/** What stands in an event, ready to be edited. */
export function draftOf(details: WireServiceEvent, zone: string): ServiceDraft {
  const { event } = details
  const id = (value: unknown): string | null => {
    const reference = referenceOf(value)
    return reference === null ? null : String(reference.id)
  }
  return {
    unit: referenceOf(event.unit),
    area: id(event.unitServiceArea),
    type: id(event.serviceType),
    status: id(event.serviceStatus),
    template: id(event.serviceEventTemplate),
    serviceAt: wallClock(new Date(textOf(event.datetimeService)), zone),
    problem: textOf(event.problemDescription),
    work: textOf(event.workDescription),
    safety: textOf(event.safetyPrecautions),
    serviceTime: durationText(event.durationServiceTime),
    lostTime: durationText(event.durationLostTime),
    isReviewRequired: event.isReviewRequired === true,
    related: details.related.map((row) => ({ id: row.id, label: `Event ${row.id}` })),
    hours: details.hours.map((row) => ({
      key: newKey(),
      id: row.id,
      who: row.user === null ? `t${id(row.thirdParty)}` : `u${id(row.user)}`,
      time: durationText(row.time),
    })),
    parts: details.partsUsed.map((row) => ({
      key: newKey(),
      id: row.id,
      part: referenceOf(row.part),
      storage: id(row.fromStorage),
      quantity: String(numberOf(row.quantity) ?? ''),
    })),
    returns: details.returns.map((entry) => ({
      key: newKey(),
      id: entry.id,
      assignment: String(entry.assignmentId),
    })),
    linkers: Object.fromEntries(
      [...Map.groupBy(details.linkers, (row) => id(row.groupLinker) ?? '')].map(([linker, rows]) => [
        linker,
        rows.flatMap((row) => id(row.user) ?? []),
      ]),
    ),
  }
}

function durationText(seconds: unknown): string {
  const value = numberOf(seconds)
  return value === null ? '' : formatDuration(value).replace(/:00$/, '')
}

/** By field; empty when the draft can be sent. */
export type DraftProblems = Readonly<Record<string, string>>

const REQUIRED: readonly (readonly [keyof ServiceDraft, string])[] = [
  ['unit', 'Choose the unit.'],
  ['area', 'Choose the area of the unit.'],
  ['type', 'Choose a type.'],
  ['problem', 'Say what the problem is.'],
]

export function problemsOf(draft: ServiceDraft, zone: string): DraftProblems {
  const found: Record<string, string> = {}
  for (const [field, problem] of REQUIRED) {
    const value = draft[field]
    if (value === null || (typeof value === 'string' && value.trim() === '')) found[field] = problem
  }
  if (instantOf(draft.serviceAt, zone) === undefined) found.serviceAt = 'Say when the service is.'
  for (const field of ['serviceTime', 'lostTime'] as const) {
    if (draft[field].trim() !== '' && parseDuration(draft[field]) === undefined)
      found[field] = 'Write hours and minutes such as 1:30.'
  }
  return { ...found, ...rowProblemsOf(draft) }
}

/** What rows lack, by kind and key of the row. */
function rowProblemsOf({ hours, parts, returns }: ServiceDraft): DraftProblems {
  const problems: readonly (readonly [string, string | undefined])[] = [
    ...hours.map((row) => [`hours-${row.key}`, hoursProblem(row)] as const),
    ...parts.map((row) => [`part-${row.key}`, partProblem(row)] as const),
    ...returns.map(
      (row) =>
        [
          `return-${row.key}`,
          row.assignment === null ? 'Choose a list, or remove the row.' : undefined,
        ] as const,
    ),
  ]
  return Object.fromEntries(
    problems.flatMap(([name, problem]) => (problem === undefined ? [] : [[name, problem]])),
  )
}

function hoursProblem({ who, time }: HoursEntry): string | undefined {
  if (who === null) return 'Choose somebody, or remove the row.'
  return parseDuration(time) === undefined ? 'Write hours such as 1:30.' : undefined
}

function partProblem({ part, quantity }: PartEntry): string | undefined {
  if (part === null) return 'Choose a part, or remove the row.'
  return /^\d{1,6}$/.test(quantity) ? undefined : 'Say how many.'
}

/** The draft as the server takes it. */
export function formOf(draft: ServiceDraft, zone: string): WireServiceForm {
  const id = (text: string | null): number | null => (text === null ? null : Number(text))
  return {
    event: {
      unitServiceArea: id(draft.area),
      serviceType: id(draft.type),
      ...(draft.status === null ? {} : { serviceStatus: id(draft.status) }),
      serviceEventTemplate: id(draft.template),
      datetimeService: instantOf(draft.serviceAt, zone)?.toISOString(),
      problemDescription: draft.problem.trim(),
      workDescription: draft.work.trim() || null,
      safetyPrecautions: draft.safety.trim() || null,
      durationServiceTime: parseDuration(draft.serviceTime) ?? null,
      durationLostTime: parseDuration(draft.lostTime) ?? null,
      isReviewRequired: draft.isReviewRequired,
      serviceEventRelated: draft.related.map((one) => one.id),
    },
    hours: draft.hours.map((row) =>
      kept(row, {
        user: row.who?.startsWith('u') ? Number(row.who.slice(1)) : null,
        thirdParty: row.who?.startsWith('t') ? Number(row.who.slice(1)) : null,
        time: parseDuration(row.time) ?? 0,
      }),
    ),
    partsUsed: draft.parts.map((row) =>
      kept(row, { part: row.part?.id, fromStorage: id(row.storage), quantity: Number(row.quantity) }),
    ),
    returns: draft.returns.map((row) => kept(row, { unitTestCollection: id(row.assignment) })),
  }
}

/** Roles are sent anew each time: they carry nothing but the person. */
export function linkersOf(draft: ServiceDraft): readonly WireFormRow[] {
  return Object.entries(draft.linkers).flatMap(([linker, people]) =>
    people.map((user) => ({ groupLinker: Number(linker), user: Number(user) })),
  )
}

function kept(row: { readonly id?: number }, values: Readonly<Record<string, unknown>>): WireFormRow {
  return row.id === undefined ? values : { id: row.id, ...values }
}
