import { sql } from 'kysely'
import { createApp } from '../src/app.ts'
import { asSystem } from '../src/context.ts'
import { createUser } from '../src/modules/access/create-user.ts'
import { getOrCreateToken } from '../src/modules/access/get-or-create-token.ts'
import { insertMany } from '../src/platform/database/insert-many.ts'
import { syncSequences } from '../src/platform/database/sync-sequences.ts'
import type { Site } from '../src/site.ts'
import { fillLargeSite, openBenchSite } from './large-site.ts'
import { summarise } from './percentile.ts'
import type { Row } from './report.ts'

/** 50 units × 200 tests × 360 sessions of every list, ten days apart: 3.6 million results of ten years. */
const SIZE = { units: 50, tests: 200, sessionsPerList: 360, stepDays: 10 }
const RUNS = 20
const WARM_UP = 3
const BUDGET = 'p95 < 300 ms'
const DAY_MS = 86_400_000
const DAILY_RESULTS = 3650
/** What nobody has reviewed yet, of a department that keeps up. */
const UNREVIEWED_SESSIONS = 300
/** Ids of what {@link addDailyTest} adds behind the large site. */
const DAILY = { list: 11, test: 201, info: 10_001, assignment: 501, firstSession: 200_001 }

/** What the pages of machine QA ask for, with how the measurement names it. */
const PAGES: readonly (readonly [string, string])[] = [
  ['units with states', '/machine-qa/units-overview'],
  ['state of a unit with 30 days', '/machine-qa/units/7/state'],
  ['board', '/machine-qa/board'],
  ['work list', '/machine-qa/work?limit=50'],
  ['work list, all, by last done', '/machine-qa/work?limit=50&scope=all&order=-last'],
  ['for you', '/for-you'],
  ['followed units', '/followed'],
  ['review queue', '/machine-qa/review-queue?limit=50'],
  ['review queue, what passed', '/machine-qa/review-queue?show=passed&limit=200'],
  ['program', '/machine-qa/program'],
  ['program by month', '/machine-qa/program/months?limit=50&from=2025-01-01&months=12'],
  ['calendar', '/machine-qa/program/calendar?month=2025-10-01'],
  ['a day of the calendar', '/machine-qa/program/day?day=2025-10-01'],
  ['sessions', '/machine-qa/sessions?limit=50&order=-workCompleted'],
  ['sessions of a unit', '/machine-qa/sessions?unitTestCollection.unit=7&limit=50&order=-workCompleted'],
  ['a session', '/machine-qa/sessions/180000/details'],
  ['a test on a unit', '/machine-qa/test-history?info=1307'],
  ['what can be plotted of 3 units', '/machine-qa/charts/choices?unit=7,8,9'],
  ['chart: 10 years of a daily test', '/machine-qa/charts?unit=1&test=201&from=2015-01-01'],
  ['chart: 5 tests × 4 units × 10 years', '/machine-qa/charts?unit=7,8,9,10&test=1,2,3,4,5&from=2015-01-01'],
  [
    'control chart of the daily test',
    '/machine-qa/charts/control?unit=1&test=201&from=2015-01-01&rules=nelson',
  ],
  ['CUSUM of the daily test', '/machine-qa/charts/control?unit=1&test=201&from=2015-01-01&kind=cusum'],
]

/** Every page of machine QA over a department of 3.6 million results, as an administrator asks for it in process. */
export async function measureQaScale(kind: 'sqlite' | 'postgres'): Promise<Row[]> {
  const { site, remove } = await openBenchSite(kind)
  const filling = performance.now()
  await fillLargeSite(site, SIZE)
  await addDailyTest(site)
  await makeDue(site)
  console.log(`${kind}: filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`)
  const ctx = asSystem(site.base, 'bench')
  const user = await createUser(ctx, site.access, {
    username: 'bench',
    password: 'long-bench-password',
    isAdministrator: true,
  })
  const headers = { authorization: `Bearer ${await getOrCreateToken(ctx, site.access, user.id)}` }
  const app = await createApp(site, { demo: false })
  const rows: Row[] = []
  for (const [name, path] of PAGES) {
    rows.push({
      what: `${kind}, 3.6 million results: ${name}`,
      measured: await timePage(app.server, path, headers),
      budget: BUDGET,
    })
  }
  rows.push({
    what: `${kind}, 3.6 million results: preview of a reference, 10 years of a daily test`,
    measured: await timePage(app.server, '/machine-qa/references/preview', headers, {
      unitTestInfoId: DAILY.info,
      value: 101,
      from: '2015-01-01T00:00:00Z',
    }),
    budget: BUDGET,
  })
  await app.stop()
  await remove()
  return rows
}

type Server = Awaited<ReturnType<typeof createApp>>['server']

async function timePage(
  server: Server,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<string> {
  const durations: number[] = []
  let bytes = 0
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const began = performance.now()
    const answer = await server.inject({
      method: body ? 'POST' : 'GET',
      url: `/api/v1${path}`,
      headers,
      ...(body ? { payload: body } : {}),
    })
    if (answer.statusCode !== 200)
      throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    if (run >= WARM_UP) durations.push(performance.now() - began)
    bytes = answer.rawPayload.length
  }
  const { p95, median } = summarise(durations)
  return `p95 ${p95} ms, median ${median}, ${(bytes / 1024).toFixed(0)} KiB`
}

type Rows = Record<string, Record<string, unknown>>

/** Ten years of a test that is done every day on the first unit. */
async function addDailyTest({ base }: Site): Promise<void> {
  const at = base.now()
  const stamps = { created_at: at, modified_at: at, created_by_id: null, modified_by_id: null }
  const named = (name: string) => ({ name, name_folded: name.toLowerCase() })
  const put = (table: string, rows: Record<string, unknown>[]) =>
    base.database.transaction(async (db) => void (await insertMany(db.withTables<Rows>(), table, rows)))
  const slug = { slug: 'daily', slug_folded: 'daily' }
  await put('qa_test', [
    { id: DAILY.test, ...named('Daily output'), ...slug, type: 'simple', category_id: 1, ...stamps },
  ])
  await put('qa_test_list', [{ id: DAILY.list, ...named('Daily'), ...slug, ...stamps }])
  await put('qa_test_list_membership', [
    { id: DAILY.test, test_list_id: DAILY.list, test_id: DAILY.test, sort_order: 0 },
  ])
  const compared = { reference_id: 1, tolerance_id: 1001 }
  await put('qa_unit_test_info', [
    { id: DAILY.info, unit_id: 1, test_id: DAILY.test, ...compared, ...stamps },
  ])
  await put('qa_assignment', [
    { id: DAILY.assignment, unit_id: 1, test_list_id: DAILY.list, ...named('Daily'), ...stamps },
  ])
  const days = Array.from({ length: DAILY_RESULTS }, (_, day) => day)
  const timesOf = (day: number) => {
    const done = new Date(at.getTime() - (DAILY_RESULTS - day) * DAY_MS)
    return { work_started: done, work_completed: done, ...stamps }
  }
  await put(
    'qa_session',
    days.map((day) => ({
      id: DAILY.firstSession + day,
      assignment_id: DAILY.assignment,
      test_list_id: DAILY.list,
      day: 0,
      ...timesOf(day),
    })),
  )
  await put(
    'qa_result',
    days.map((day) => ({
      session_id: DAILY.firstSession + day,
      unit_test_info_id: DAILY.info,
      sort_order: 0,
      status_id: 1,
      pass_fail: 'ok',
      value: 100 + ((day * 37) % 41) / 20 - 1,
      string_value: '',
      string_value_folded: '',
      comment: '',
      comment_folded: '',
      ...compared,
      ...timesOf(day),
    })),
  )
  await base.database.transaction((db) => syncSequences(db))
}

/** A department that keeps up: work with frequencies and due dates, all but the newest sessions reviewed. */
async function makeDue({ base }: Site): Promise<void> {
  const soon = new Date(base.now().getTime() + 2 * DAY_MS)
  await base.database.transaction(async (db) => {
    await sql`update qa_assignment set due_date = ${soon},
      frequency_id = (select min(id) from qa_frequency) + id % (select count(*) from qa_frequency),
      last_instance_id = (select max(d.id) from qa_session as d where d.assignment_id = qa_assignment.id)`.execute(
      db,
    )
    await sql`update qa_session set all_reviewed = ${true}
      where id not in (select id from qa_session order by work_completed desc limit ${UNREVIEWED_SESSIONS})`.execute(
      db,
    )
  })
  await base.database.optimize()
}
