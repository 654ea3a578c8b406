import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import type { Database } from '../src/platform/database/database.ts'
import { fold } from '../src/platform/database/fold.ts'
import { insertMany } from '../src/platform/database/insert-many.ts'
import { syncSequences } from '../src/platform/database/sync-sequences.ts'
import { openSite, type Site } from '../src/site.ts'

/** How large the department of a measurement is. */
export type Size = {
  readonly units: number
  readonly tests: number
  readonly sessionsPerList: number
  /** days between two sessions of a list; 1 unless given */
  readonly stepDays?: number
}

const TESTS_PER_LIST = 20
const START = Date.UTC(2016, 0, 1, 12)
const DAY_MS = 86_400_000
const CHUNK = 20_000

type Rows = Record<string, Record<string, unknown>>

/** A site in a temporary folder, or on the PostgreSQL of `TOUCHSTONE_BENCH_POSTGRES`. */
export async function openBenchSite(
  kind: 'sqlite' | 'postgres',
): Promise<{ site: Site; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-'))
  const databaseUrl = kind === 'postgres' ? (process.env.TOUCHSTONE_BENCH_POSTGRES ?? '') : ''
  const site = await openSite(
    readConfig({ data: folder, databaseUrl, logLevel: 'silent', timezone: 'America/Toronto' }, {}),
  )
  return {
    site,
    remove: async () => {
      await site.close()
      await rm(folder, { recursive: true })
    },
  }
}

/**
 * Fills a site with units that all perform the same lists: `units × tests × sessionsPerList` results. Values follow a
 * fixed pattern, so that every run measures the same.
 */
export async function fillLargeSite(site: Site, size: Size): Promise<void> {
  const { database, now } = site.base
  const at = now()
  const stamps = { created_at: at, modified_at: at, created_by_id: null, modified_by_id: null }
  const lists = Math.ceil(size.tests / TESTS_PER_LIST)
  const put = (table: string, rows: Record<string, unknown>[]) =>
    database.transaction(async (db) => void (await insertMany(db.withTables<Rows>(), table, rows)))

  await put('qa_unit_type', [{ id: 1, ...named('Linac'), ...stamps }])
  await put('qa_category', [{ id: 1, ...named('Output'), slug: 'output', slug_folded: 'output', ...stamps }])
  await put('qa_reference', [{ id: 1, ...named('100'), type: 'numerical', value: 100, ...stamps }])
  await put('qa_tolerance', [
    {
      id: 1001,
      ...named('Percent(-3.00%, -2.00%, 2.00%, 3.00%)'),
      type: 'percent',
      act_low: -3,
      tol_low: -2,
      tol_high: 2,
      act_high: 3,
      ...stamps,
    },
  ])
  await put(
    'qa_unit',
    range(size.units).map((unit) => ({
      id: unit,
      number: unit,
      ...named(`Linac ${unit}`),
      type_id: 1,
      date_acceptance: '2016-01-01',
      ...stamps,
    })),
  )
  await put(
    'qa_test',
    range(size.tests).map((test) => ({
      id: test,
      ...named(`Test ${test}`),
      slug: `test_${test}`,
      slug_folded: `test_${test}`,
      type: 'simple',
      category_id: 1,
      ...stamps,
    })),
  )
  await put(
    'qa_test_list',
    range(lists).map((list) => ({
      id: list,
      ...named(`List ${list}`),
      slug: `list-${list}`,
      slug_folded: `list-${list}`,
      ...stamps,
    })),
  )
  await put(
    'qa_test_list_membership',
    range(size.tests).map((test) => ({
      id: test,
      test_list_id: listOf(test),
      test_id: test,
      sort_order: test,
    })),
  )
  const units = range(size.units)
  await put(
    'qa_unit_test_info',
    units.flatMap((unit) =>
      range(size.tests).map((test) => ({
        id: infoId(size, unit, test),
        unit_id: unit,
        test_id: test,
        reference_id: 1,
        tolerance_id: 1001,
        ...stamps,
      })),
    ),
  )
  await put(
    'qa_assignment',
    units.flatMap((unit) =>
      range(lists).map((list) => ({
        id: (unit - 1) * lists + list,
        unit_id: unit,
        test_list_id: list,
        ...named(`List ${list}`),
        ...stamps,
      })),
    ),
  )
  await fillSessions(database.transaction, size, lists, stamps)
  await database.transaction((db) => syncSequences(db))
  await database.optimize()
}

async function fillSessions(
  transaction: <T>(run: (db: Database) => Promise<T>) => Promise<T>,
  size: Size,
  lists: number,
  stamps: Record<string, unknown>,
): Promise<void> {
  const step = (size.stepDays ?? 1) * DAY_MS
  let sessions: Record<string, unknown>[] = []
  let results: Record<string, unknown>[] = []
  const flush = () =>
    transaction(async (db) => {
      await insertMany(db.withTables<Rows>(), 'qa_session', sessions)
      await insertMany(db.withTables<Rows>(), 'qa_result', results)
      sessions = []
      results = []
    })
  for (const place of places(size, lists)) {
    const at = new Date(START + place.turn * step + place.unit * 60_000 + place.list * 1000)
    const common = { work_started: at, work_completed: at, ...stamps }
    const assignmentId = (place.unit - 1) * lists + place.list
    sessions.push({
      id: place.id,
      assignment_id: assignmentId,
      test_list_id: place.list,
      day: 0,
      ...common,
    })
    results.push(...testsOf(size, place.list).map((test) => ({ ...resultOf(size, place, test), ...common })))
    if (results.length >= CHUNK) await flush()
  }
  await flush()
}

/** Where and when one session was performed. */
type Place = { readonly id: number; readonly turn: number; readonly unit: number; readonly list: number }

/** Every list on every unit, turn by turn. */
function* places(size: Size, lists: number): Generator<Place> {
  let id = 0
  for (let turn = 0; turn < size.sessionsPerList; turn++) {
    for (const unit of range(size.units)) {
      for (const list of range(lists)) {
        id += 1
        yield { id, turn, unit, list }
      }
    }
  }
}

function resultOf(size: Size, { id, turn, unit }: Place, test: number): Record<string, unknown> {
  const value = 100 + ((unit * 7 + test * 3 + turn) % 41) / 10 - 2
  return {
    session_id: id,
    unit_test_info_id: infoId(size, unit, test),
    sort_order: test,
    status_id: 1,
    pass_fail: value > 102 ? 'tolerance' : 'ok',
    value,
    string_value: '',
    string_value_folded: '',
    comment: '',
    comment_folded: '',
    reference_id: 1,
    tolerance_id: 1001,
  }
}

function named(name: string) {
  return { name, name_folded: fold(name) }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function listOf(test: number): number {
  return Math.ceil(test / TESTS_PER_LIST)
}

function testsOf({ tests }: Size, list: number): number[] {
  return range(tests).slice((list - 1) * TESTS_PER_LIST, list * TESTS_PER_LIST)
}

function infoId({ tests }: Size, unit: number, test: number): number {
  return (unit - 1) * tests + test
}
