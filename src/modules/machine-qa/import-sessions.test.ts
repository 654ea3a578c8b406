import { beforeAll, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { getRecord } from '../records/get-record.ts'
import { makeConfigurationContext, makeDone } from './configuration/testing.ts'
import type { ImportedSession } from './domain/imported-session.ts'
import { NO_VALUE } from './domain/test-result.ts'
import { importSessions } from './import-sessions.ts'
import { refusalOf } from './performing/testing.ts'
import { assignment } from './records/assignment.ts'
import { result } from './records/result.ts'
import { session } from './records/session.ts'
import { findResults } from './store/results.ts'
import {
  makeFrequency,
  makeInfo,
  makeReadyList,
  makeReference,
  makeStatuses,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
} from './testing.ts'

const HOUR_MS = 3_600_000

forEachDatabase('importSessions', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: Context
  let statusId: number
  beforeAll(async () => {
    database = await open()
    ctx = await makeConfigurationContext(database)
    statusId = (await makeStatuses(database)).approved
  })

  async function ready() {
    const frequency = await makeFrequency(database, { recurrences: 'RRULE:FREQ=DAILY;INTERVAL=7' })
    const list = await makeReadyList(database, [{ macro: 'output' }], { frequency })
    const other = await makeReadyList(database, [{ macro: 'other' }])
    const infoId = await makeInfo(database, other.unitId, list.testIds.output ?? 0)
    const referenceId = await makeReference(database, 100)
    const make = (parts: Partial<ImportedSession> = {}): ImportedSession => ({
      assignmentId: list.assignmentId,
      testListId: list.testListId,
      day: 0,
      workStarted: new Date(TEST_NOW.getTime() - HOUR_MS),
      workCompleted: TEST_NOW,
      dueDate: null,
      inProgress: false,
      flagged: false,
      userKey: null,
      includeForScheduling: true,
      reviewed: null,
      reviewedById: null,
      allReviewed: true,
      createdAt: TEST_NOW,
      createdById: null,
      modifiedAt: TEST_NOW,
      modifiedById: null,
      comment: null,
      results: [
        {
          order: 0,
          unitTestInfoId: infoId,
          referenceId,
          toleranceId: null,
          result: { ...NO_VALUE, value: 100.5 },
          valueText: '100.50',
          skipped: false,
          comment: 'Größe',
          passFail: 'ok',
          statusId,
          reviewDate: TEST_NOW,
          reviewedById: null,
        },
      ],
      ...parts,
    })
    return { ...list, make }
  }

  it('stores sessions as they are given, in their order, and goes on counting after them', async () => {
    const { make, assignmentId, testListId } = await ready()
    const earlier = new Date(TEST_NOW.getTime() - 24 * HOUR_MS)
    const ids = await importSessions(ctx, [
      make({ comment: 'first', workStarted: earlier, workCompleted: earlier }),
      make({ userKey: 'Schlüssel' }),
      make({ inProgress: true, allReviewed: false }),
    ])
    const [first = 0, second = 0, third = 0] = ids
    expect([second - first, third - second]).toEqual([1, 1])
    expect(await getRecord(ctx, session, second)).toMatchObject({ userKey: 'Schlüssel', allReviewed: true })
    const [stored] = await findResults(database.db, [first])
    expect(stored).toMatchObject({
      result: { value: 100.5 },
      valueText: '100.50',
      comment: 'Größe',
      passFail: 'ok',
      reference: { value: 100 },
    })
    expect(await getRecord(ctx, result, stored?.id ?? 0)).toMatchObject({ workCompleted: earlier })
    const next = await makeDone(database, { assignmentId, testListId, completed: TEST_NOW })
    expect(next).toBeGreaterThan(third)
  })

  it('makes the newest completed one the last, and the list due accordingly', async () => {
    const { make, assignmentId } = await ready()
    const later = new Date(TEST_NOW.getTime() + HOUR_MS)
    const [, last] = await importSessions(ctx, [
      make({ workCompleted: new Date(TEST_NOW.getTime() - HOUR_MS) }),
      make(),
      make({ inProgress: true, workCompleted: later }),
    ])
    expect(await getRecord(ctx, assignment, assignmentId)).toMatchObject({
      lastInstance: last,
      dueDate: new Date(TEST_NOW.getTime() + 7 * 24 * HOUR_MS),
    })
  })

  it('is for operators, and stores all or nothing', async () => {
    const { make, assignmentId } = await ready()
    const actor = await makeUser(database, { permissions: new Set(['machine-qa.session.perform']) })
    expect(() => importSessions({ ...ctx, actor }, [make()])).toThrow('machine-qa.session.import')
    await expect(importSessions(ctx, [make(), make({ testListId: 999_999 })])).rejects.toThrow()
    expect(await getRecord(ctx, assignment, assignmentId)).toMatchObject({ lastInstance: null })
    expect(await importSessions(ctx, [])).toEqual([])
    expect(await refusalOf(getRecord(ctx, session, 999_999))).toMatchObject({ kind: 'not-found' })
  })
})
