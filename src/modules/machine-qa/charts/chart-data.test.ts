import { beforeAll, expect, it } from 'vitest'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { createSession } from '../perform-session.ts'
import type { PerformingContext } from '../performing/performing-context.ts'
import { refusalOf, tests } from '../performing/testing.ts'
import { reviewSession } from '../review-session.ts'
import { setReference } from '../set-reference.ts'
import { findChartedTests } from '../store/chart-points.ts'
import {
  makeQaContext,
  makeReadyList,
  makeReference,
  makeStatuses,
  makeTolerance,
  makeUser,
  QA_TEST_MIGRATIONS,
  TEST_NOW,
  type TestStatuses,
} from '../testing.ts'
import { voidSession } from '../void-session.ts'
import { chartChoices } from './chart-choices.ts'
import { type ChartRequest, chartData } from './chart-data.ts'
import { controlChart } from './control-chart.ts'

const FIRST = new Date('2019-07-01T14:00:00Z')
const HOUR_MS = 3_600_000
const RANGE = { from: new Date('2019-01-01T00:00:00Z'), to: new Date('2020-01-01T00:00:00Z') }

forEachDatabase('charts', QA_TEST_MIGRATIONS, (open) => {
  let database: DatabaseHandle
  let ctx: PerformingContext
  let statuses: TestStatuses
  beforeAll(async () => {
    database = await open()
    ctx = await makeQaContext(database)
    statuses = await makeStatuses(database)
  })

  async function performed(values: readonly (number | null)[]) {
    const reference = await makeReference(database, 100)
    const limits = { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 }
    const tolerance = await makeTolerance(database, { type: 'percent', ...limits })
    const { assignmentId, unitId, testListId, testIds } = await makeReadyList(database, [
      { macro: 'a', reference, tolerance, skipWithoutComment: true },
    ])
    const ids: number[] = []
    for (const [index, value] of values.entries()) {
      const workStarted = new Date(FIRST.getTime() + index * HOUR_MS)
      const { session } = await createSession(ctx, {
        assignmentId,
        workStarted,
        workCompleted: new Date(workStarted.getTime() + 60_000),
        tests: value === null ? new Map([['a', { skipped: true }]]) : tests({ a: value }),
      })
      ids.push(session.id)
    }
    const testId = testIds.a ?? 0
    const request: ChartRequest = {
      unitIds: [unitId],
      testIds: [testId],
      ...RANGE,
      lists: 'combined',
      measure: 'value',
      width: 800,
    }
    return { ids, unitId, testId, testListId, request }
  }

  const valuesOf = async (request: ChartRequest) =>
    (await chartData(ctx, request)).series.map(({ points }) => points.map(({ value }) => value))

  it('give values with session, verdict, person, reference and limits', async () => {
    const { request, ids } = await performed([100, 102.5, 104])
    const { series, people } = await chartData(ctx, request)
    expect(series).toHaveLength(1)
    const [one] = series
    expect(one?.points.map(({ sessionId, value, passFail }) => [sessionId, value, passFail])).toEqual([
      [ids[0], 100, 'ok'],
      [ids[1], 102.5, 'tolerance'],
      [ids[2], 104, 'action'],
    ])
    expect(one?.steps).toEqual([
      {
        from: one?.points[0]?.at,
        reference: 100,
        limits: { actLow: 97, tolLow: 98, tolHigh: 102, actHigh: 103 },
      },
    ])
    expect(people.get(one?.points[0]?.personId ?? 0)).toMatch(/^user/)
  })

  it('show deviations from the reference where asked, with limits as they were set', async () => {
    const { request } = await performed([101, 96])
    const { series } = await chartData(ctx, { ...request, measure: 'relative' })
    expect(series[0]?.points.map(({ value }) => value)).toEqual([1, -4])
    expect(series[0]?.steps[0]).toMatchObject({
      reference: 0,
      limits: { actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 },
    })
  })

  it('leave out skipped tests, voided sessions and those with a status that does not count', async () => {
    const { request, ids } = await performed([100, null, 101, 102])
    await voidSession(ctx, ids[2] ?? 0, 'wrong set-up')
    await reviewSession(ctx, ids[3] ?? 0, { statuses: statuses.rejected })
    expect(await valuesOf(request)).toEqual([[100]])
    expect(await valuesOf({ ...request, statusIds: [statuses.rejected] })).toEqual([[102]])
  })

  it('keep the lists of a test apart unless they are combined', async () => {
    const { request, testListId } = await performed([100, 101])
    const { series } = await chartData(ctx, { ...request, lists: 'apart' })
    expect(series.map(({ list }) => list?.id)).toEqual([testListId])
    expect(await valuesOf({ ...request, listIds: [testListId] })).toEqual([[100, 101]])
    expect(await valuesOf({ ...request, listIds: [testListId + 1000] })).toEqual([[]])
  })

  it('mark changes of reference with what it was and why', async () => {
    const { request, unitId, testId } = await performed([100])
    const [info] = await findChartedTests(database.db, { unitIds: [unitId], testIds: [testId] })
    await setReference(ctx, { unitTestInfoId: info?.infoId ?? 0, value: 101 }, 'new chamber')
    const { referenceChanges } = await chartData(ctx, request)
    expect(referenceChanges).toMatchObject([
      { comment: 'new chamber', referenceChanged: true, toleranceChanged: false, at: TEST_NOW },
    ])
    expect(referenceChanges[0]?.before.reference?.value).toBe(100)
  })

  it('stay small without losing an excursion', async () => {
    const { request } = await performed([...Array.from({ length: 60 }, () => 100), 104, 96])
    const [values] = await valuesOf({ ...request, width: 50 })
    expect(values).toContain(104)
    expect(values).toContain(96)
  })

  it('refuse a range that ends before it begins, too many tests, and people who may not', async () => {
    const { request } = await performed([100])
    expect(await refusalOf(chartData(ctx, { ...request, from: RANGE.to, to: RANGE.from }))).toMatchObject({
      problems: [{ field: 'from' }],
    })
    expect(await refusalOf(chartData(ctx, { ...request, width: 3 }))).toMatchObject({
      problems: [{ field: 'width' }],
    })
    const viewer = { ...ctx, actor: await makeUser(database) }
    expect(await refusalOf(chartData(viewer, request))).toMatchObject({
      permission: 'machine-qa.session.view-charts',
    })
  })

  it('offer the lists and tests of units that can be plotted', async () => {
    const { unitId, testId, testListId } = await performed([])
    const choices = await chartChoices(ctx, { unitIds: [unitId], include: 'active' })
    expect(choices.lists).toMatchObject([{ id: testListId, testIds: [testId] }])
    expect(choices.tests).toMatchObject([{ id: testId, type: 'simple' }])
    expect(choices.statuses.find(({ id }) => id === statuses.approved)?.plotted).toBe(true)
    expect(choices.statuses.find(({ id }) => id === statuses.rejected)?.plotted).toBe(false)
  })

  it('of control say where rules are broken, and which session stands behind it', async () => {
    const calm = [100, 100.5, 99.5, 100, 100.5, 99.5, 100, 100.5]
    const { unitId, testId, ids } = await performed([...calm, 110])
    const common = {
      unitId,
      testId,
      ...RANGE,
      measure: 'value',
      size: 1,
      baseline: 8,
      rules: 'westgard',
    } as const
    const chart = await controlChart(ctx, { ...common, kind: 'shewhart' })
    expect(chart.panels.map(({ title }) => title)).toEqual(['Values', 'Moving ranges'])
    expect(chart.signals.map(({ rule, index }) => [rule, chart.points[index]?.sessionId])).toEqual([
      ['1-2s', ids[8]],
      ['1-3s', ids[8]],
    ])
    const cusum = await controlChart(ctx, { ...common, kind: 'cusum' })
    expect(cusum.signals.map(({ index }) => index)).toEqual([8])
    const ewma = await controlChart(ctx, { ...common, kind: 'ewma' })
    expect(ewma.panels[0]?.lines.map(({ name }) => name)).toEqual(['Average', 'Lower limit', 'Upper limit'])
  })

  it('of control say how many results are missing', async () => {
    const { unitId, testId } = await performed([100, 101, 102])
    const common = { unitId, testId, ...RANGE, measure: 'value', rules: 'nelson', kind: 'shewhart' } as const
    expect(await controlChart(ctx, { ...common, size: 2, baseline: 2 })).toMatchObject({
      panels: [],
      available: 3,
      needed: 4,
    })
    expect(await refusalOf(controlChart(ctx, { ...common, size: 100, baseline: 2 }))).toMatchObject({
      problems: [{ field: 'size' }],
    })
  })
})
