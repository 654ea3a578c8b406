import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Context, requirePermission } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { listServiceMarks } from '../service/list-service-marks.ts'
import {
  type ChartedTest,
  type ChartPointRow,
  type ComparisonMark,
  countChartPoints,
  findChartedTests,
  findChartPoints,
  findComparisonMarks,
  findPlottedStatuses,
  type PointFilter,
} from '../store/chart-points.ts'
import { findComparisons } from '../store/history.ts'
import type { ServiceMark } from '../store/service-marks.ts'
import { findListPages, findPersonNames } from '../store/test-pages.ts'
import {
  type ComparisonStep,
  type Comparisons,
  comparisonSteps,
  type Measure,
  type PlottedPoint,
  plottedPoints,
  thinSeries,
} from './chart-series.ts'

/** What a chart shows. */
export type ChartRequest = {
  readonly unitIds: readonly number[]
  readonly testIds: readonly number[]
  /** only results of these lists; all unless given */
  readonly listIds?: readonly number[]
  /** only results with these statuses; the valid, exported ones unless given */
  readonly statusIds?: readonly number[]
  readonly from: Date
  readonly to: Date
  /** one series for a test on a unit, or one for each list that it was performed with */
  readonly lists: 'combined' | 'apart'
  readonly measure: Measure
  /** pixels of the drawing; series with more points are thinned to it */
  readonly width: number
}

export type ChartDataSeries = {
  readonly unit: ChartedTest['unit']
  readonly test: Pick<ChartedTest['test'], 'id' | 'name' | 'type' | 'choices'>
  readonly infoId: number
  /** null where lists are combined */
  readonly list: { readonly id: number; readonly name: string } | null
  readonly points: readonly PlottedPoint[]
  /** how many there are before thinning */
  readonly total: number
  readonly steps: readonly ComparisonStep[]
}

export type ChartData = {
  readonly series: readonly ChartDataSeries[]
  readonly referenceChanges: readonly ComparisonMark[]
  readonly serviceEvents: readonly ServiceMark[]
  /** names of whoever performed, by user id */
  readonly people: ReadonlyMap<number, string>
}

const MOST_TESTS = 60
const MOST_POINTS = 400_000
/** What is read and built at once, so that other requests get their turn. */
const AT_ONCE = 6_000

/**
 * Results of tests on units over time, thinned to a drawing, with what they were compared with. Sessions in progress,
 * voided ones and skipped tests are left out.
 *
 * @throws RefusedError `invalid-input` on `test` for more than 60 tests on units, on `from` for a range that holds too
 *   much or ends before it begins
 */
export async function chartData(ctx: Context, request: ChartRequest): Promise<ChartData> {
  requirePermission(ctx, 'machine-qa.session.view-charts')
  const { from, to, listIds } = request
  if (from > to) throw invalidInput('from', 'This must be before the end.')
  if (!Number.isInteger(request.width) || request.width < 50 || request.width > 5000) {
    throw invalidInput('width', 'This must be a whole number from 50 to 5000.')
  }
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const tests = await findChartedTests(db, request)
  if (tests.length > MOST_TESTS) {
    throw invalidInput('test', `Choose ${MOST_TESTS} tests on units at most; these are ${tests.length}.`)
  }
  const statusIds = request.statusIds ?? (await findPlottedStatuses(db))
  const filter = { from, to, statusIds, ...(listIds ? { listIds } : {}) }
  const rows = await readInTurns(ctx, tests, filter)
  const comparisons = await findComparisons(db, distinctComparisons(rows))
  const infoIds = tests.map(({ infoId }) => infoId)
  const series = await buildSeries(tests, rows, comparisons, request)
  const [lists, people, referenceChanges, serviceEvents] = await Promise.all([
    findListPages(db, [...new Set(series.flatMap(({ list }) => list?.id ?? []))]),
    findPersonNames(db, [...new Set(series.flatMap(({ points }) => points.map(({ personId }) => personId)))]),
    findComparisonMarks(db, infoIds, request),
    serviceEventsOf(ctx, tests, request),
  ])
  return {
    series: series.map((one) => ({
      ...one,
      list: one.list && { id: one.list.id, name: lists.get(one.list.id)?.name ?? '' },
    })),
    referenceChanges,
    serviceEvents,
    people: new Map([...people].map(([id, { fullName, username }]) => [id, fullName || username])),
  }
}

/** Whoever may see charts but nothing else of machine QA sees no service events. */
async function serviceEventsOf(
  ctx: Context,
  tests: readonly ChartedTest[],
  { from, to }: ChartRequest,
): Promise<readonly ServiceMark[]> {
  if (!hasPermission(ctx.actor, 'machine-qa.access')) return []
  return listServiceMarks(ctx, { unitIds: [...new Set(tests.map(({ unit }) => unit.id))], from, to })
}

type RowsByTest = ReadonlyMap<number, readonly ChartPointRow[]>

/** @throws RefusedError `invalid-input` where a range holds more than a chart may read */
async function readInTurns(
  ctx: Context,
  tests: readonly ChartedTest[],
  filter: PointFilter,
): Promise<RowsByTest> {
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const ids = tests.map(({ infoId }) => infoId)
  const counts = await countChartPoints(db, ids, filter)
  const total = counts.values().reduce((sum, count) => sum + count, 0)
  if (total > MOST_POINTS) {
    throw invalidInput('from', `These are ${total} results. Choose fewer tests or a shorter time.`)
  }
  const rows = new Map<number, readonly ChartPointRow[]>()
  for (const batch of batches(ids, counts)) {
    for (const [id, found] of Map.groupBy(await findChartPoints(db, batch, filter), ({ infoId }) => infoId)) {
      rows.set(id, found)
    }
    await nextTurn()
  }
  return rows
}

/** Ids of tests that together have at most so many results as are read at once, or are one. */
function batches(ids: readonly number[], counts: ReadonlyMap<number, number>): number[][] {
  const found: number[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const id of ids) {
    const count = counts.get(id) ?? 0
    if (size + count > AT_ONCE) {
      found.push([])
      size = 0
    }
    found.at(-1)?.push(id)
    size += count
  }
  return found
}

function distinctComparisons(
  rows: RowsByTest,
): readonly Pick<ChartPointRow, 'referenceId' | 'toleranceId'>[] {
  const found = new Map<string, Pick<ChartPointRow, 'referenceId' | 'toleranceId'>>()
  for (const row of rows.values().flatMap((each) => each.values())) {
    found.set(`${row.referenceId}/${row.toleranceId}`, row)
  }
  return [...found.values()]
}

type SeriesOfList = Omit<ChartDataSeries, 'list'> & { readonly list: { readonly id: number } | null }

async function buildSeries(
  tests: readonly ChartedTest[],
  rows: RowsByTest,
  comparisons: Comparisons,
  { lists, measure, width }: ChartRequest,
): Promise<SeriesOfList[]> {
  const series: SeriesOfList[] = []
  for (const charted of tests) {
    const own = rows.get(charted.infoId) ?? []
    const parts =
      lists === 'combined' ? [[null, own] as const] : [...Map.groupBy(own, ({ listId }) => listId)]
    for (const [listId, part] of parts) {
      const points = plottedPoints(charted, part, comparisons, measure)
      series.push({
        unit: charted.unit,
        test: charted.test,
        infoId: charted.infoId,
        list: listId === null ? null : { id: listId },
        points: thinSeries(points, width),
        total: points.length,
        steps: comparisonSteps(points, comparisons, measure),
      })
      await nextTurn()
    }
  }
  return series
}
