import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import type { HistoryQuery } from '../../calculations/domain/calculation.ts'
import type { PythonValue } from '../../calculations/domain/python-value.ts'
import { createSession } from '../perform-session.ts'
import {
  makeQaContext,
  makeReadyList,
  makeStatuses,
  QA_TEST_MIGRATIONS,
  type TestStatuses,
} from '../testing.ts'
import { voidSession } from '../void-session.ts'
import { answerHistory, type HistoryStandpoint } from './history-lookup.ts'
import type { PerformingContext } from './performing-context.ts'
import type { SessionSubmission } from './submission.ts'
import { tests } from './testing.ts'

const BEFORE = new Date('2019-07-25T14:00:30Z')

forEachDatabase('what calculations may ask of earlier sessions', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    statuses = await makeStatuses(database)
  })

  async function ready() {
    const { assignmentId, unitId, testListId, testIds } = await makeReadyList(database, [{ macro: 'x' }])
    const perform = async (completed: string, value: number, changes: Partial<SessionSubmission> = {}) => {
      const { session } = await createSession(ctx, {
        assignmentId,
        workStarted: new Date('2019-07-01T00:00:00Z'),
        workCompleted: new Date(completed),
        tests: tests({ x: value }),
        ...changes,
      })
      return session.id
    }
    const standpoint: HistoryStandpoint = { unitId, testListId, before: BEFORE }
    const ask = async (
      method: HistoryQuery['method'],
      args: HistoryQuery['args'] = {},
      from: Partial<HistoryStandpoint> = {},
    ) => answerHistory(ctx, { method, args }, { ...standpoint, ...from })
    const value = async (...asked: Parameters<typeof ask>) => memberOf(await ask(...asked), 'value')
    return { perform, ask, value, testIds, unitId }
  }

  it('are the newest before the minute in which the work starts ends', async () => {
    const { perform, value } = await ready()
    expect(await value('previous_test_instance', { test: 'x' })).toBeUndefined()
    await perform('2019-07-24T10:00:00Z', 1)
    await perform('2019-07-25T14:00:59Z', 2)
    await perform('2019-07-25T14:01:00Z', 3)
    expect(await value('previous_test_instance', { test: 'x' })).toBe(2)
    expect(await value('previous_test_instance', { test: 'y' })).toBeUndefined()
  })

  it('leave out the session itself, voided ones, those in progress and skips', async () => {
    const { perform, value } = await ready()
    await perform('2019-07-20T10:00:00Z', 1)
    await perform('2019-07-21T10:00:00Z', 2, { tests: tests({ x: { value: 2, skipped: true } }) })
    await perform('2019-07-22T10:00:00Z', 3, { inProgress: true })
    await voidSession(ctx, await perform('2019-07-23T10:00:00Z', 4), 'typo')
    const own = await perform('2019-07-24T10:00:00Z', 5)
    const from = { exceptSessionId: own }
    expect(await value('previous_test_instance', { test: 'x' }, from)).toBe(1)
    expect(await value('previous_test_instance', { test: 'x', exclude_skipped: false }, from)).toBe(2)
    expect(await value('previous_test_instance', { test: 'x', include_in_progress: true }, from)).toBe(3)
  })

  it('can be asked for by id or name within a window, valid ones unless wanted otherwise', async () => {
    const { perform, value, testIds } = await ready()
    await perform('2019-07-20T10:00:00Z', 1)
    await perform('2019-07-21T10:00:00Z', 2)
    await perform('2019-07-22T10:00:00Z', 3, { statusId: statuses.rejected })
    const test_id = testIds.x ?? 0
    expect(await value('get_test_instance', { test_id })).toBe(2)
    expect(await value('get_test_instance', { test_id, include_invalid: true })).toBe(3)
    expect(
      await value('get_test_instance', { test_id, end_window: { $datetime: '2019-07-20T06:00:00-04:00' } }),
    ).toBe(1)
    expect(
      await value('get_test_instance', { test_id, end_window: { $datetime: '2019-07-20T06:00:00' } }),
    ).toBe(1)
    expect(
      await value('get_test_instance', { test_id, start_window: { $date: '2019-07-22' } }),
    ).toBeUndefined()
    expect(await value('get_test_instance', { test_name: 'nothing' })).toBeUndefined()
    expect(await value('get_test_instance', { test_id, unit_number: 999_999 })).toBeUndefined()
  })

  it('are records of sessions with their results', async () => {
    const { perform, ask } = await ready()
    const id = await perform('2019-07-20T10:00:00Z', 7)
    const session = await ask('previous_test_list_instance')
    expect(memberOf(session, 'id')).toBe(id)
    expect(memberOf(session, 'work_completed')).toEqual({ $datetime: '2019-07-20T06:00:00-04:00' })
    const result = memberOf(memberOf(session, 'results'), 'x')
    expect(memberOf(result, 'value')).toBe(7)
    expect(memberOf(memberOf(result, 'test'), 'slug')).toBe('x')
  })
})

/** A member of a record or a dict. */
function memberOf(value: PythonValue | undefined, name: string): PythonValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const members = new Map<string, PythonValue>(Object.entries(value))
  const record = members.get('$record')
  return record === undefined ? members.get(name) : memberOf(record, name)
}
