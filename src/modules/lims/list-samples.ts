import type { Context } from '../../context.ts'
import { all, type Condition, compare, equals, type Order, related } from '../../core/query.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { attachReferences } from '../records/attach-references.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { request } from './records/request.ts'
import { sample } from './records/sample.ts'
import { type RelatedRows, relatedRows } from './related-rows.ts'
import { findProgress, type Progress } from './store/progress.ts'

/** What a list of samples is narrowed to; absent parts do not narrow. */
export type SampleFilter = {
  /** states of requests, and `cancelled`, `late`, `unassigned` */
  readonly states?: readonly string[]
  readonly clients?: readonly number[]
  readonly batches?: readonly number[]
  readonly sampleTypes?: readonly number[]
  readonly text?: string
  /** bounds of the reception, or of the registration before it */
  readonly from?: Date
  readonly until?: Date
}

/** A request with its material, and what both refer to. */
export type SampleView = {
  readonly request: AnyRow
  readonly sample: AnyRow
  readonly related: RelatedRows
  readonly progress: Progress
}

const NO_PROGRESS: Progress = { total: 0, submitted: 0, verified: 0 }

/** States in which a sample is late once its due date has passed. */
const WAITING_STATES = ['sample_due', 'sample_received', 'attachment_due'] as const

/** Conditions of a list of samples. */
export function sampleCondition(
  ctx: Context,
  { states = [], clients, batches, sampleTypes, text, from, until }: SampleFilter,
): Condition {
  const wanted = states.map((state) => stateCondition(ctx, state))
  return all(
    ...(wanted.length > 0 ? [{ kind: 'any', of: wanted } as const] : []),
    ...(clients ? [compare('client', 'in', clients)] : []),
    ...(batches ? [compare('batch', 'in', batches)] : []),
    ...(sampleTypes ? [related('sample', compare('sampleType', 'in', sampleTypes))] : []),
    ...(text ? [textCondition(text)] : []),
    ...(from ? [sinceCondition('gte', from, states)] : []),
    ...(until ? [sinceCondition('lt', until, states)] : []),
  )
}

function stateCondition(ctx: Context, state: string): Condition {
  switch (state) {
    case 'cancelled':
      return equals('cancelled', true)
    case 'late':
      return all(
        equals('cancelled', false),
        compare('state', 'in', WAITING_STATES),
        compare('dueDate', 'lt', ctx.now()),
      )
    case 'unassigned':
      return all(equals('cancelled', false), equals('state', 'sample_received'), equals('assigned', false))
    default:
      return all(equals('state', state), equals('cancelled', false))
  }
}

function textCondition(text: string): Condition {
  return {
    kind: 'any',
    of: [
      { kind: 'search', text },
      related('sample', { kind: 'search', text }),
      related('client', { kind: 'search', text }),
    ],
  }
}

/** What was received counts by its reception, everything else by its registration. */
function sinceCondition(lookup: 'gte' | 'lt', at: Date, states: readonly string[]): Condition {
  const received = compare('dateReceived', lookup, at)
  // an index helps where nothing else can match
  if (states.length > 0 && states.every((state) => RECEIVED.has(state))) return received
  const registered = all(compare('dateReceived', 'isnull', true), compare('createdAt', lookup, at))
  return { kind: 'any', of: [received, registered] }
}

const RECEIVED: ReadonlySet<string> = new Set([
  'sample_received',
  'attachment_due',
  'to_be_verified',
  'verified',
  'published',
  'invalid',
  'late',
  'unassigned',
])

/** One page of samples. */
export async function listSamples(
  ctx: Context,
  filter: SampleFilter,
  page: { readonly order: readonly Order[]; readonly limit: number; readonly offset: number },
): Promise<{ readonly items: readonly SampleView[]; readonly total: number }> {
  const { rows, total } = await listRecords(ctx, request, { where: sampleCondition(ctx, filter), ...page })
  return { items: await viewSamples(ctx, rows), total: total ?? 0 }
}

/** Samples by the ids of their requests, within the actor's scope. */
export async function findSamples(ctx: Context, ids: readonly number[]): Promise<readonly SampleView[]> {
  return viewSamples(ctx, await attachReferences(ctx.db, request, await findRecords(ctx, request, ids)))
}

async function viewSamples(ctx: Context, requests: readonly AnyRow[]): Promise<readonly SampleView[]> {
  const [materials, progress] = await Promise.all([
    findRecords(ctx, sample, [...new Set(requests.map((row) => Number(row.sample)))]),
    findProgress(
      ctx.db,
      'request',
      requests.map(({ id }) => id),
    ),
  ])
  const byId = new Map(materials.map((row) => [row.id, row]))
  const found = await relatedRows(ctx, [
    { record: request, rows: requests },
    { record: sample, rows: materials },
  ])
  return requests.flatMap((row) => {
    const material = byId.get(Number(row.sample))
    return material
      ? [{ request: row, sample: material, related: found, progress: progress.get(row.id) ?? NO_PROGRESS }]
      : []
  })
}

/** Whether a sample should have been measured by now. */
export function isLate(ctx: Context, row: AnyRow): boolean {
  return (
    row.cancelled !== true &&
    row.dueDate instanceof Date &&
    row.dueDate < ctx.now() &&
    WAITING_STATES.some((state) => state === row.state)
  )
}
