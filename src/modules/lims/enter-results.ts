import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { compare } from '../../core/query.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { changedMeanwhile } from '../records/save-record.ts'
import { enterResult, type Operand } from './domain/result-entry.ts'
import type { Interim, ServiceSnapshot } from './domain/service-snapshot.ts'
import { parseNumber } from './domain/setup-rules.ts'
import { chosenOptions } from './domain/show-result.ts'
import { recordInstruments } from './instruments/record-instruments.ts'
import { updateLiving } from './living.ts'
import { analysis } from './records/analysis.ts'
import { type CalculationInput, type Calculations, calculateRequest } from './results/calculate-request.ts'

/** What is entered for one analysis; what is absent stays. */
export type ResultEntry = {
  readonly id: number
  /** the version that the caller read */
  readonly version?: number | undefined
  readonly result?: string
  readonly operand?: Operand | null
  /** values by keyword; others stay */
  readonly interims?: Readonly<Record<string, string>>
  readonly uncertainty?: string | null
  readonly method?: number | null
  readonly instrument?: number | null
  /** what the instrument was fit for when it measured */
  readonly instrumentState?: Readonly<Record<string, unknown>> | null
  readonly analyst?: string | null
  readonly remarks?: string | null
  readonly hidden?: boolean
}

/** Analyses that one request may change. */
const MOST_AT_ONCE = 2000

/** States in which a result may still be changed. */
const OPEN: ReadonlySet<unknown> = new Set([
  'to_be_sampled',
  'sample_due',
  'sample_received',
  'assigned',
  'attachment_due',
  'to_be_verified',
])

type Change = { readonly before: AnyRow; readonly values: Readonly<Record<string, unknown>> }

/**
 * Stores results and what belongs to them, and everything that is calculated from them. Submits nothing.
 *
 * @returns ids of all analyses that changed, calculated ones included
 * @throws RefusedError `invalid-input` with a problem for each wrong entry, its field `<id>.<what>`; `conflict` for an
 *   analysis that was changed or verified meanwhile
 */
export async function enterResults(
  ctx: Context,
  calculations: Calculations,
  entries: readonly ResultEntry[],
): Promise<readonly number[]> {
  requirePermission(ctx, 'lims.access')
  if (entries.length > MOST_AT_ONCE)
    throw invalidInput('', `At most ${MOST_AT_ONCE} results are entered at once.`)
  const rows = new Map(
    (
      await findRecords(
        ctx,
        analysis,
        entries.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  )
  const typed = typedChanges(ctx, await recordInstruments(ctx, entries, rows), rows)
  const changes = [...withCalculated(ctx, typed, await calculatedResults(ctx, calculations, typed)).values()]
  return inTransaction(ctx, async (tx) => {
    for (const { before, values } of changes) {
      await updateLiving(tx, analysis, before, values)
      await recordAudit(tx, {
        action: 'lims.analysis.enter-result',
        record: analysis.name,
        recordId: before.id,
        before: Object.fromEntries(Object.keys(values).map((name) => [name, before[name]])),
        after: values,
      })
    }
    return changes.map(({ before }) => before.id)
  })
}

function typedChanges(
  ctx: Context,
  entries: readonly ResultEntry[],
  rows: ReadonlyMap<number, AnyRow>,
): ReadonlyMap<number, Change> {
  const changes = new Map<number, Change>()
  const problems: FieldProblem[] = []
  for (const entry of entries) {
    const before = rows.get(entry.id)
    if (!before) throw new RefusedError({ kind: 'not-found', what: 'analysis', id: entry.id })
    requireOpen(ctx, before, entry)
    const found = problemsOf(before, entry)
    problems.push(...found.map(({ field, problem }) => ({ field: `${entry.id}.${field}`, problem })))
    const values = valuesOf(ctx, before, entry)
    if (Object.keys(values).length > 0)
      changes.set(entry.id, { before, values: { ...changes.get(entry.id)?.values, ...values } })
  }
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return changes
}

function requireOpen(ctx: Context, row: AnyRow, entry: ResultEntry): void {
  const permitted =
    hasPermission(ctx.actor, 'lims.result.enter') ||
    (row.pointOfCapture === 'field' && hasPermission(ctx.actor, 'lims.result.enter-field'))
  if (!permitted) throw new RefusedError({ kind: 'not-permitted', permission: 'lims.result.enter' })
  if (entry.version !== undefined && entry.version !== row.version) throw changedMeanwhile(analysis, row)
  if (!OPEN.has(row.state) || row.cancelled === true) {
    const what = entry.result === undefined ? 'InterimFields' : 'Result'
    throw new RefusedError({
      kind: 'conflict',
      field: what,
      reason: `You are not allowed to modify ${what} in state ${row.cancelled === true ? 'cancelled' : String(row.state)}`,
    })
  }
}

function problemsOf(row: AnyRow, entry: ResultEntry): readonly FieldProblem[] {
  const snapshot = row.snapshot as ServiceSnapshot
  const problems: FieldProblem[] = unstorable(entry)
  if (entry.result !== undefined && entry.result.length > 4000)
    problems.push({ field: 'result', problem: 'This is too long.' })
  if (entry.result && snapshot.resultOptions.length > 0) {
    const known = new Set(snapshot.resultOptions.map(({ ResultValue }) => String(ResultValue)))
    if (chosenOptions(entry.result).some((value) => !known.has(value)))
      problems.push({ field: 'result', problem: 'This is none of the options.' })
  }
  if (entry.uncertainty && !snapshot.allowManualUncertainty)
    problems.push({ field: 'uncertainty', problem: 'The service does not allow an uncertainty of its own.' })
  else if (entry.uncertainty && parseNumber(entry.uncertainty) === undefined)
    problems.push({ field: 'uncertainty', problem: 'This must be a number.' })
  const keywords = new Set(interimsIn(row).map(({ keyword }) => keyword))
  for (const keyword of Object.keys(entry.interims ?? {})) {
    if (!keywords.has(keyword))
      problems.push({ field: `interims.${keyword}`, problem: 'There is no such interim field.' })
  }
  return problems
}

/** Texts that no database takes. */
function unstorable({ result = '', remarks, analyst, interims = {} }: ResultEntry): FieldProblem[] {
  const texts = [result, remarks ?? '', analyst ?? '', ...Object.values(interims)]
  const isFine = texts.every((text) => text.isWellFormed() && !text.includes('\0'))
  return isFine ? [] : [{ field: 'result', problem: 'This holds characters that cannot be stored.' }]
}

function interimsIn(row: AnyRow): readonly Interim[] {
  return row.interims as readonly Interim[]
}

const COPIED = ['method', 'instrument', 'instrumentState', 'analyst', 'remarks', 'hidden'] as const

function valuesOf(ctx: Context, row: AnyRow, entry: ResultEntry): Readonly<Record<string, unknown>> {
  const copied = Object.fromEntries(
    COPIED.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])),
  )
  const { uncertainty } = entry
  const values = {
    ...(uncertainty === undefined ? {} : { uncertainty: uncertainty === '' ? null : uncertainty }),
    ...enteredValues(ctx, row, entry),
    ...interimValues(row, entry),
    ...copied,
  }
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => JSON.stringify(row[name]) !== JSON.stringify(value)),
  )
}

/** The result as it is stored; a detection limit has no uncertainty. */
function enteredValues(ctx: Context, row: AnyRow, entry: ResultEntry): Readonly<Record<string, unknown>> {
  if (entry.result === undefined && entry.operand === undefined) return {}
  const entered = enterResult(
    entry.result ?? String(row.result),
    row.snapshot as ServiceSnapshot,
    entry.operand,
  )
  if (entered.result === row.result && entered.operand === row.operand) return {}
  const cleared = entered.operand !== null || entered.result === '' ? { uncertainty: null } : {}
  return { ...entered, ...cleared, resultCaptureDate: entered.result === '' ? null : ctx.now() }
}

function interimValues(row: AnyRow, { interims }: ResultEntry): Readonly<Record<string, unknown>> {
  if (!interims) return {}
  return {
    interims: interimsIn(row).map((interim) => ({
      ...interim,
      value: interims[interim.keyword] ?? interim.value,
    })),
  }
}

type Calculated = { readonly before: AnyRow; readonly result: string }

/** What follows from the new values for the calculated analyses of the same samples, and of the analyses themselves. */
async function calculatedResults(
  ctx: Context,
  calculations: Calculations,
  typed: ReadonlyMap<number, Change>,
): Promise<readonly Calculated[]> {
  const relevant = [...typed.values()].filter(
    ({ values }) => 'result' in values || 'operand' in values || 'interims' in values,
  )
  if (relevant.length === 0) return []
  const siblings = await siblingsOf(ctx, relevant)
  const found: Calculated[] = []
  for (const rows of Map.groupBy(siblings, calculatedTogether).values()) {
    const inputs = latestOf(rows).map((row) => inputOf(row, typed.get(row.id)))
    if (!inputs.some(({ snapshot }) => snapshot.formula !== null)) continue
    const results = await calculateRequest(calculations, inputs, new Set(typed.keys()), ctx.now())
    found.push(
      ...rows.flatMap((before) => {
        const result = results.get(before.id)
        return result === undefined ? [] : [{ before, result }]
      }),
    )
  }
  return found
}

/** Analyses of one sample enter one another's calculations; a control only its own. */
function calculatedTogether(row: AnyRow): string {
  return row.kind === 'routine' && row.request !== null
    ? `request ${String(row.request)}`
    : `analysis ${row.id}`
}

/** A calculated result joins what was typed for the same analysis; otherwise it is a change of its own. */
function withCalculated(
  ctx: Context,
  typed: ReadonlyMap<number, Change>,
  calculated: readonly Calculated[],
): ReadonlyMap<number, Change> {
  const changes = new Map(typed)
  for (const { before, result } of calculated) {
    const values = { ...typed.get(before.id)?.values, result, operand: null, resultCaptureDate: ctx.now() }
    changes.set(before.id, { before, values })
  }
  return changes
}

async function siblingsOf(ctx: Context, changes: readonly Change[]): Promise<readonly AnyRow[]> {
  const requests = [
    ...new Set(changes.flatMap(({ before }) => (typeof before.request === 'number' ? [before.request] : []))),
  ]
  const alone = changes.flatMap(({ before }) => (typeof before.request === 'number' ? [] : [before]))
  if (requests.length === 0) return alone
  const where = compare('request', 'in', requests)
  const { rows } = await listRecords(
    ctx,
    analysis,
    { where, order: [], limit: 100_000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return [...rows, ...alone]
}

/** Of an analysis that was repeated only the last counts. */
function latestOf(rows: readonly AnyRow[]): readonly AnyRow[] {
  const living = rows.filter(
    (row) => row.cancelled !== true && row.state !== 'retracted' && row.state !== 'rejected',
  )
  const repeated = new Set(living.map((row) => row.retestOf))
  return living.filter((row) => !repeated.has(row.id))
}

function inputOf(row: AnyRow, change: Change | undefined): CalculationInput {
  const merged = { ...row, ...change?.values }
  return {
    id: row.id,
    keyword: String(row.keyword),
    result: String(merged.result),
    operand: merged.operand as Operand | null,
    interims: merged.interims as readonly Interim[],
    snapshot: row.snapshot as ServiceSnapshot,
    open: OPEN.has(row.state),
  }
}
