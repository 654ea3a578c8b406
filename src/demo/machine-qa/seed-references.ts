import type { Context } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import type { HeldReference, HeldTolerance } from '../../modules/machine-qa/domain/listed-test.ts'
import { tolerance } from '../../modules/machine-qa/records/tolerance.ts'
import { unitTestInfo } from '../../modules/machine-qa/records/unit-test-info.ts'
import {
  type ReferenceSetting,
  type SetReference,
  setReferences,
} from '../../modules/machine-qa/set-reference.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import { DEMO_TOLERANCES } from './demo-test.ts'
import { testsInOrder } from './programme.ts'
import { type DemoUnits, idOf } from './seed-department.ts'
import { actingAt, type DemoProgramme, idsByName } from './seed-programme.ts'

/** What a result was compared with when it was measured. */
export type DemoComparison = {
  readonly infoId: number
  readonly reference: HeldReference | null
  readonly tolerance: HeldTolerance | null
}

/** What tests on units were compared with, by unit id and macro name. */
export type DemoComparisons = {
  /** @throws Error for a test that the unit does not have */
  at(unitId: number, macro: string, instant: Date): DemoComparison
}

/** Changes after commissioning, so that references have a history. */
const LATER = [
  {
    unit: 1,
    macro: 'flatness_6x',
    value: 103.2,
    daysAgo: 150,
    comment: 'After exchange of the flattening filter',
  },
  { unit: 2, macro: 'couch_sag', value: 1.4, daysAgo: 300, comment: 'New couch top' },
  { unit: 5, macro: 'ct_noise', value: 4.4, daysAgo: 240, comment: 'New tube' },
] as const

const DAY_MS = 86_400_000

/** Sets references and tolerances of all tests that have any, as the physicist set them. */
export async function seedReferences(
  ctx: Context,
  people: DemoPeople,
  units: DemoUnits,
  { tests }: DemoProgramme,
  commissioned: Date,
): Promise<DemoComparisons> {
  const physicist = people.actor('physicist')
  const infos = await findInfos(ctx, tests)
  const tolerances = await makeTolerances(actingAt(ctx, physicist, commissioned))
  const settings = testsInOrder().flatMap(({ macro, nominal, tolerance: kind }): ReferenceSetting[] => {
    if (nominal === undefined || kind === undefined) return []
    const wanted = { value: nominal, toleranceId: idOf(tolerances, kind) }
    return (infos.get(macro) ?? []).map(({ infoId }) => ({ unitTestInfoId: infoId, ...wanted }))
  })
  const withoutReference = testsInOrder().flatMap(
    ({ macro, nominal, tolerance: kind }): ReferenceSetting[] => {
      if (nominal !== undefined || kind === undefined) return []
      const toleranceId = idOf(tolerances, kind)
      return (infos.get(macro) ?? []).map(({ infoId }) => ({ unitTestInfoId: infoId, toleranceId }))
    },
  )
  const first = await setReferences(
    actingAt(ctx, physicist, commissioned),
    [...settings, ...withoutReference],
    'Commissioning',
  )
  const timeline = new Map(first.map((set) => [set.unitTestInfoId, [{ from: commissioned, set }]]))
  const now = ctx.now()
  for (const { unit, macro, value, daysAgo, comment } of LATER) {
    const at = new Date(now.getTime() - daysAgo * DAY_MS)
    if (at < commissioned) continue
    const info = infos.get(macro)?.find(({ unitId }) => unitId === idOf(units, unit))
    if (!info) throw new Error(`the demonstration has no ${macro} on unit ${unit}`)
    const [set] = await setReferences(
      actingAt(ctx, physicist, at),
      [{ unitTestInfoId: info.infoId, value }],
      comment,
    )
    if (set) timeline.get(info.infoId)?.push({ from: at, set })
  }
  return comparisonsOf(infos, timeline)
}

type Info = { readonly infoId: number; readonly unitId: number }
type Span = { readonly from: Date; readonly set: SetReference }

function comparisonsOf(
  infos: ReadonlyMap<string, readonly Info[]>,
  timeline: ReadonlyMap<number, readonly Span[]>,
): DemoComparisons {
  const infoIds = new Map(
    [...infos].flatMap(([macro, found]) =>
      found.map(({ infoId, unitId }) => [`${unitId}/${macro}`, infoId] as const),
    ),
  )
  return {
    at: (unitId, macro, instant) => {
      const infoId = idOf(infoIds, `${unitId}/${macro}`)
      const set = timeline.get(infoId)?.findLast(({ from }) => from <= instant)?.set
      return { infoId, reference: set?.reference ?? null, tolerance: set?.tolerance ?? null }
    },
  }
}

/** The rows that hold references and tolerances, by macro name. */
async function findInfos(
  ctx: Context,
  tests: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, readonly Info[]>> {
  const { rows } = await listRecords(
    ctx,
    unitTestInfo,
    { where: EVERYTHING, order: [{ path: ['id'], direction: 'asc' }], limit: 100_000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  const byTest = Map.groupBy(rows, (row) => Number(row.test))
  return new Map(
    [...tests].map(([macro, testId]) => [
      macro,
      (byTest.get(testId) ?? []).map(({ id, unit }) => ({ infoId: id, unitId: Number(unit) })),
    ]),
  )
}

async function makeTolerances(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (const [name, values] of Object.entries(DEMO_TOLERANCES)) {
    ids.set(name, (await createRecord(ctx, tolerance, values)).id)
  }
  return ids.set('yes-or-no', idOf(await idsByName(ctx, tolerance), 'Boolean(Action on fail)'))
}
