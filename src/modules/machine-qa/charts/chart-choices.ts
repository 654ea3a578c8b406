import { type Context, requirePermission } from '../../../context.ts'
import { isNumericTest, isTestType, TEST_TYPES, type TestType } from '../domain/test-type.ts'
import {
  type ChartableList,
  type ChartableTest,
  findChartableLists,
  findChartableTests,
} from '../store/chart-choices.ts'
import { findPlottedStatuses } from '../store/chart-points.ts'
import { findStatuses, type Status } from '../store/statuses.ts'

export type ChartChoices = {
  readonly lists: readonly ChartableList[]
  readonly tests: readonly ChartableTest[]
  readonly statuses: readonly (Status & { readonly plotted: boolean })[]
}

const CHARTABLE: readonly TestType[] = Object.keys(TEST_TYPES)
  .filter(isTestType)
  .filter((type) => isNumericTest(type) || type === 'boolean' || type === 'multchoice')

/** What of some units can be plotted: their lists, their tests that are meant for charts, and the statuses. */
export async function chartChoices(
  ctx: Context,
  wanted: {
    readonly unitIds: readonly number[]
    readonly frequencyIds?: readonly number[]
    readonly include: 'active' | 'inactive-too'
  },
): Promise<ChartChoices> {
  requirePermission(ctx, 'machine-qa.session.view-charts')
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const [lists, tests, statuses, plotted] = await Promise.all([
    findChartableLists(db, wanted),
    findChartableTests(db, wanted, CHARTABLE),
    findStatuses(ctx.db),
    findPlottedStatuses(db),
  ])
  const known = new Set(tests.map(({ id }) => id))
  return {
    lists: lists
      .map((list) => ({ ...list, testIds: list.testIds.filter((id) => known.has(id)) }))
      .filter(({ testIds }) => testIds.length > 0),
    tests,
    statuses: statuses.map((status) => ({ ...status, plotted: plotted.includes(status.id) })),
  }
}
