import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { getRecord } from '../../records/get-record.ts'
import { createRecord } from '../../records/save-record.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { refusalOf } from '../performing/testing.ts'
import { fault } from '../records/fault.ts'
import { faultReviewGroup } from '../records/fault-review-group.ts'
import { faultType } from '../records/fault-type.ts'
import { findOwnedComments } from '../store/comments.ts'
import { makeGroup, makeQaContext, makeUser, QA_TEST_MIGRATIONS, TEST_NOW } from '../testing.ts'
import { reportFault } from './report-fault.ts'
import { reviewFaults } from './review-faults.ts'
import { createServiceEvent } from './save-service-event.ts'
import { eventFields, makeServiceUnit, withServiceRecords } from './testing.ts'

forEachDatabase('faults', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let unit: number
  let areaId: number
  beforeAll(async () => {
    database = await open()
    ctx = withServiceRecords(await makeQaContext(database))
    ;({ unitId: unit, areaId } = await makeServiceUnit(ctx))
  })

  async function userWith(groupIds: readonly number[], ...permissions: string[]) {
    return { ...ctx, actor: await makeUser(database, { permissions: new Set(permissions), groupIds }) }
  }

  it('are reported with what the machine says, now, and with a comment', async () => {
    const reported = await reportFault(ctx, { unit, codes: [' MLC 12 ', 'MLC 12'], comment: 'second time' })
    expect(reported).toMatchObject({ unit, occurred: TEST_NOW, isReviewed: false })
    const [type] = reported.faultTypes as readonly number[]
    expect(await getRecord(ctx, faultType, type ?? 0)).toMatchObject({ code: 'MLC 12', slug: 'mlc-12' })
    expect(await findOwnedComments(database.db, { kind: 'fault', id: reported.id })).toMatchObject([
      { comment: 'second time' },
    ])
    const again = await reportFault(ctx, { unit, codes: ['mlc 12'] })
    expect(again.faultTypes).toEqual([type])
  })

  it('name at least one type, and new ones only by whoever may add them', async () => {
    const reporter = await userWith([], 'machine-qa.fault.add')
    expect(await refusalOf(reportFault(reporter, { unit, codes: [' '] }))).toMatchObject({
      problems: [{ field: 'codes' }],
    })
    expect(await refusalOf(reportFault(reporter, { unit, codes: ['Unheard of'] }))).toMatchObject({
      problems: [{ field: 'codes', problem: 'There is no fault type Unheard of.' }],
    })
    expect(await refusalOf(createRecord(ctx, fault, { unit, faultTypes: [] }))).toMatchObject({
      problems: [{ field: 'faultTypes' }],
    })
    expect(await refusalOf(reportFault(await userWith([]), { unit, codes: ['x'] }))).toMatchObject({
      kind: 'not-permitted',
    })
  })

  it('have types whose codes differ in more than case, and short names that nobody else has', async () => {
    const first = await createRecord(ctx, faultType, { code: 'Gun/HV' })
    const second = await createRecord(ctx, faultType, { code: 'Gun HV!' })
    const third = await createRecord(ctx, faultType, { code: 'GunHV' })
    expect([first.slug, second.slug, third.slug]).toEqual(['gunhv', 'gun-hv', 'gunhv-1'])
    expect(await refusalOf(createRecord(ctx, faultType, { code: 'gun/hv' }))).toMatchObject({
      kind: 'conflict',
      reason: 'Fault type with this code already exists.',
    })
  })

  it('are linked to the service event that deals with them', async () => {
    const { id } = await reportFault(ctx, { unit, codes: ['Couch'] })
    const event = await createServiceEvent(ctx, { event: await eventFields(ctx, areaId), faults: [id] })
    expect((await getRecord(ctx, fault, id)).relatedServiceEvents).toEqual([event.id])
    expect(
      await refusalOf(
        createServiceEvent(ctx, { event: await eventFields(ctx, areaId), faults: [id, 999_999] }),
      ),
    ).toMatchObject({ problems: [{ field: 'faults', problem: 'There is no fault 999999.' }] })
  })

  it('are reviewed by anybody who may, until there are groups for it; then by each required group', async () => {
    const { id: first } = await reportFault(ctx, { unit, codes: ['Beam'] })
    const anybody = await userWith([], 'machine-qa.fault.review')
    expect(await reviewFaults(anybody, [first])).toEqual([{ id: first, isReviewed: true }])
    const [physics, engineers] = [await makeGroup(database), await makeGroup(database)]
    await createRecord(ctx, faultReviewGroup, { group: physics })
    await createRecord(ctx, faultReviewGroup, { group: engineers })
    const { id: second } = await reportFault(ctx, { unit, codes: ['Beam'] })
    expect(await refusalOf(reviewFaults(anybody, [second]))).toMatchObject({ kind: 'conflict' })
    const [physicist, engineer] = [
      await userWith([physics], 'machine-qa.fault.review'),
      await userWith([engineers], 'machine-qa.fault.review'),
    ]
    expect(await reviewFaults(physicist, [second])).toEqual([{ id: second, isReviewed: false }])
    expect(await reviewFaults(physicist, [second])).toEqual([{ id: second, isReviewed: false }])
    expect(await reviewFaults(engineer, [second])).toEqual([{ id: second, isReviewed: true }])
    expect(await refusalOf(reviewFaults(engineer, [second, 999_999]))).toMatchObject({ kind: 'not-found' })
    expect((await getRecord(ctx, fault, second)).isReviewed).toBe(true)
  })
})
