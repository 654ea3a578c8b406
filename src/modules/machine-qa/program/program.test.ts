import { beforeAll, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { createSession } from '../perform-session.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { refusalOf, tests } from '../performing/testing.ts'
import {
  makeFrequency,
  makeQaContext,
  makeReadyList,
  makeStatuses,
  makeUser,
  QA_TEST_MIGRATIONS,
} from '../testing.ts'
import { voidSession } from '../void-session.ts'
import { programCalendar, programDay } from './program-calendar.ts'
import { programMonths } from './program-months.ts'
import { programOverview } from './program-overview.ts'
import { unitBoard } from './unit-board.ts'

// the clock of these tests stands at 25 July 2019
forEachDatabase('the program', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let daily: number
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    await makeStatuses(database)
    daily = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY' })
  })

  async function performedOn(instants: readonly string[]) {
    const ready = await makeReadyList(database, [{ macro: 'a' }], { frequency: daily })
    const ids: number[] = []
    for (const instant of instants) {
      const workStarted = new Date(instant)
      const { session } = await createSession(ctx, {
        assignmentId: ready.assignmentId,
        workStarted,
        workCompleted: new Date(workStarted.getTime() + 60_000),
        tests: tests({ a: 1 }),
      })
      ids.push(session.id)
    }
    return { ...ready, ids, filter: { unitIds: [ready.unitId] } }
  }

  it('shows a unit with its frequencies and what is overdue', async () => {
    const { filter, assignmentId, unitId } = await performedOn(['2019-07-20T14:00:00Z'])
    const overview = await programOverview(ctx, filter)
    expect(overview.units.map(({ id }) => id)).toEqual([unitId])
    expect(overview.frequencies.map((frequency) => frequency?.id)).toEqual([daily])
    expect(overview.cells).toMatchObject([{ unitId, frequencyId: daily, items: [{ assignmentId }] }])
    expect(overview.counts).toEqual({ no_tol: 0, ok: 0, tolerance: 0, action: 1 })
  })

  it('counts by month what was done and what the rule asks for, until today', async () => {
    const { filter, ids } = await performedOn([
      '2019-06-30T14:00:00Z',
      '2019-07-01T14:00:00Z',
      '2019-07-02T14:00:00Z',
      '2019-07-03T14:00:00Z',
    ])
    await voidSession(ctx, ids[3] ?? 0, 'wrong unit')
    const page = { first: toDay('2019-05-01'), months: 4, limit: 50, offset: 0 }
    const { months, rows, total } = await programMonths(ctx, { ...filter, ...page })
    expect(months).toEqual(['2019-05-01', '2019-06-01', '2019-07-01', '2019-08-01'])
    expect(total).toBe(1)
    expect(rows[0]?.cells).toEqual([
      { done: 0, unreviewed: 0, expected: 0 },
      { done: 1, unreviewed: 1, expected: 30 },
      { done: 2, unreviewed: 2, expected: 25 },
      { done: 0, unreviewed: 0, expected: 0 },
    ])
  })

  it('puts a session on the local day on which it was completed', async () => {
    // 20 July, 23:30 in Toronto, is 21 July in UTC
    const { filter, ids } = await performedOn(['2019-07-21T03:30:00Z'])
    const days = await programCalendar(ctx, { ...filter, month: toDay('2019-07-15') })
    expect(days).toHaveLength(31)
    expect(days.filter(({ done }) => done > 0)).toEqual([
      { day: '2019-07-20', done: 1, unreviewed: 1, due: 0, overdue: 0, planned: 0 },
    ])
    // daily work done on the 20th has been due since the 21st
    expect(days.filter(({ overdue }) => overdue > 0).map(({ day }) => day)).toEqual(['2019-07-21'])
    expect(days.filter(({ planned }) => planned > 0).map(({ day }) => day)).toEqual([
      '2019-07-26',
      '2019-07-27',
      '2019-07-28',
      '2019-07-29',
      '2019-07-30',
      '2019-07-31',
    ])
    const done = await programDay(ctx, { ...filter, day: toDay('2019-07-20') })
    expect(done).toMatchObject({ done: [{ id: ids[0], outcomes: { noTolerance: 1 } }], due: [], planned: [] })
    const due = await programDay(ctx, { ...filter, day: toDay('2019-07-21') })
    expect(due).toMatchObject({ done: [], due: [{ dueStatus: 'action' }], planned: [] })
    expect(await programDay(ctx, { ...filter, day: toDay('2019-07-30') })).toMatchObject({ planned: [{}] })
  })

  it('is for those who may see overviews', async () => {
    const nobody = { ...ctx, actor: await makeUser(database) }
    expect(await refusalOf(programOverview(nobody))).toMatchObject({
      permission: 'machine-qa.session.view-overview',
    })
    const page = { first: toDay('2019-05-01'), limit: 50, offset: 0 }
    expect(await refusalOf(programMonths(ctx, { ...page, months: 25 }))).toMatchObject({
      problems: [{ field: 'months' }],
    })
  })

  it('as a board shows units with their states and reasons, the worst first', async () => {
    const late = await performedOn(['2019-07-20T14:00:00Z'])
    const fresh = await performedOn(['2019-07-25T14:00:00Z'])
    const board = await unitBoard(ctx)
    const place = (unitId: number) => board.findIndex(({ id }) => id === unitId)
    expect(board[place(late.unitId)]).toMatchObject({ state: 'overdue' })
    expect(board[place(late.unitId)]?.reasons[0]?.text).toMatch(/overdue$/)
    expect(board[place(fresh.unitId)]?.state).toBe('unreviewed')
    expect(place(late.unitId)).toBeLessThan(place(fresh.unitId))
    expect(await unitBoard(ctx, { siteIds: [999_999] })).toEqual([])
  })
})
