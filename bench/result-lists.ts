import { asSystem } from '../src/context.ts'
import { all, type Condition, compare, equals, parseOrder, related } from '../src/core/query.ts'
import { listRecords } from '../src/modules/records/list-records.ts'
import { fillLargeSite, openBenchSite } from './large-site.ts'
import { summarise } from './percentile.ts'
import type { Row } from './report.ts'

const SIZE = { units: 50, tests: 200, sessionsPerList: 100 }
const RUNS = 30

const ON_UNIT: Condition = related('unitTestInfo', related('unit', compare('name', 'icontains', 'linac 7')))
const ON_UNIT_AND_TEST: Condition = related(
  'unitTestInfo',
  all(
    related('unit', compare('name', 'icontains', 'linac 7')),
    related('test', compare('name', 'icontains', 'test 13')),
  ),
)
const ON_ALL_UNITS: Condition = related(
  'unitTestInfo',
  related('unit', compare('name', 'icontains', 'linac')),
)

const CASES: readonly (readonly [string, Condition])[] = [
  ['unit (20 000 matches)', ON_UNIT],
  ['unit and test (1 100)', ON_UNIT_AND_TEST],
  ['unit, test and value (274)', all(ON_UNIT_AND_TEST, compare('value', 'gte', 101))],
  ['all units (1 000 000)', ON_ALL_UNITS],
]

/** Lists of 100 QA results filtered across relations, at a million results, newest first, with and without the total. */
export async function measureResultLists(kind: 'sqlite' | 'postgres'): Promise<Row[]> {
  const { site, remove } = await openBenchSite(kind)
  await fillLargeSite(site, SIZE)
  const ctx = asSystem(site.base, 'bench')
  const record = ctx.catalogue.get('machine-qa.result')
  const budget = kind === 'sqlite' ? 25 : 40
  const rows: Row[] = []
  for (const [name, where] of CASES) {
    const query = {
      where: all(where, equals('voided', false)),
      order: [parseOrder('-workCompleted')],
      limit: 100,
      offset: 0,
    }
    const page = await time(() => listRecords(ctx, record, query, { total: 'none' }))
    const withTotal = await time(() => listRecords(ctx, record, query))
    rows.push(
      {
        what: `${kind}: page of 100 results by ${name}`,
        measured: `p95 ${page.p95} ms, median ${page.median}`,
        budget: `p95 < ${budget} ms`,
      },
      {
        what: `${kind}: the same with exact total`,
        measured: `p95 ${withTotal.p95} ms, median ${withTotal.median}`,
        budget: '< 60 ms up to 25 000 matches',
      },
    )
  }
  await remove()
  return rows
}

async function time(run: () => Promise<unknown>) {
  for (let warm = 0; warm < 3; warm++) await run()
  const durations: number[] = []
  for (let turn = 0; turn < RUNS; turn++) {
    const started = performance.now()
    await run()
    durations.push(performance.now() - started)
  }
  return summarise(durations)
}
