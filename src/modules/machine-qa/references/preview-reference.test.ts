import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { copyReferences, planReferenceCopy } from '../copy-references.ts'
import { createSession } from '../perform-session.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { refusalOf, tests } from '../performing/testing.ts'
import { findChartedTests } from '../store/chart-points.ts'
import {
  makeInfo,
  makeQaContext,
  makeReadyList,
  makeReference,
  makeStatuses,
  makeTolerance,
  makeUnit,
  makeUser,
  QA_TEST_MIGRATIONS,
} from '../testing.ts'
import { previewReference } from './preview-reference.ts'

const FIRST = new Date('2019-07-01T14:00:00Z')
const HOUR_MS = 3_600_000
const RANGE = {
  from: new Date('2019-01-01T00:00:00Z'),
  to: new Date('2020-01-01T00:00:00Z'),
  limit: 2,
  offset: 0,
}

forEachDatabase('the preview of a reference', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    await makeStatuses(database)
  })

  async function performed(values: readonly number[]) {
    const reference = await makeReference(database, 100)
    const limits = { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }
    const toleranceId = await makeTolerance(database, { type: 'percent', ...limits })
    const ready = await makeReadyList(database, [{ macro: 'a', reference, tolerance: toleranceId }])
    for (const [index, a] of values.entries()) {
      const workStarted = new Date(FIRST.getTime() + index * HOUR_MS)
      await createSession(ctx, { assignmentId: ready.assignmentId, workStarted, tests: tests({ a }) })
    }
    const testId = ready.testIds.a ?? 0
    const [info] = await findChartedTests(database.db, { unitIds: [ready.unitId], testIds: [testId] })
    return { unitTestInfoId: info?.infoId ?? 0, unitId: ready.unitId, testId, toleranceId, reference }
  }

  it('counts verdicts as they were and would be, and shows the results that change', async () => {
    const { unitTestInfoId } = await performed([100, 101, 104, 98])
    const preview = await previewReference(ctx, { unitTestInfoId, value: 102 }, RANGE)
    expect(preview).toMatchObject({ total: 4, complete: true, changedTotal: 2 })
    const counts = preview.counts.map(({ before, after, count }) => `${before} → ${after}: ${count}`)
    expect(counts.toSorted()).toEqual(['action → ok: 1', 'ok → action: 1', 'ok → ok: 2'])
    expect(preview.changed.map(({ result, before, after }) => [result.value, before, after])).toEqual([
      [98, 'ok', 'action'],
      [104, 'action', 'ok'],
    ])
    const next = await previewReference(ctx, { unitTestInfoId, value: 102 }, { ...RANGE, offset: 1 })
    expect(next.changed.map(({ result }) => result.value)).toEqual([104])
  })

  it('changes nothing', async () => {
    const { unitTestInfoId, reference } = await performed([100])
    await previewReference(ctx, { unitTestInfoId, value: 102 }, RANGE)
    const { rows } = await sql<{ reference_id: number }>`
      select reference_id from qa_unit_test_info where id = ${unitTestInfoId}`.execute(database.db)
    expect(rows).toEqual([{ reference_id: reference }])
  })

  it('refuses what could not be set, and people who may not set it', async () => {
    const { unitTestInfoId } = await performed([])
    expect(await refusalOf(previewReference(ctx, { unitTestInfoId, value: 0 }, RANGE))).toMatchObject({
      problems: [{ field: 'toleranceId' }],
    })
    expect(
      await refusalOf(previewReference(ctx, { unitTestInfoId: 999_999, value: 1 }, RANGE)),
    ).toMatchObject({
      kind: 'not-found',
    })
    const viewer = { ...ctx, actor: await makeUser(database) }
    expect(await refusalOf(previewReference(viewer, { unitTestInfoId, value: 1 }, RANGE))).toMatchObject({
      kind: 'not-permitted',
    })
  })

  it('of a copy says what would change and what the other unit lacks, as copying then does', async () => {
    const source = await performed([])
    const other = await performed([])
    const target = await makeUnit(database)
    await makeInfo(database, target, source.testId, {})
    await makeInfo(database, source.unitId, other.testId, { reference: source.reference })
    const copy = { fromUnitId: source.unitId, toUnitId: target }
    const plan = await planReferenceCopy(ctx, copy)
    expect(plan.changes.map(({ target: { test }, isChange }) => [test.id, isChange])).toEqual([
      [source.testId, true],
    ])
    expect(plan.missing).toHaveLength(1)
    const { set, missing } = await copyReferences(ctx, copy, 'twins')
    expect(set.map(({ isChanged }) => isChanged)).toEqual([true])
    expect(missing).toEqual(plan.missing)
    expect((await planReferenceCopy(ctx, copy)).changes.map(({ isChange }) => isChange)).toEqual([false])
  })
})
