import { expect, it } from 'vitest'
import type { Context } from '../../../context.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { equipment } from '../../equipment/records/equipment.ts'
import { equipmentStates } from '../../equipment/state-at.ts'
import { findRecords } from '../../records/list-records.ts'
import { createRecord } from '../../records/save-record.ts'
import { doTransition } from '../do-transition.ts'
import { enterResults } from '../enter-results.ts'
import { analysis } from '../records/analysis.ts'
import { instrument } from '../records/instrument.ts'
import { certification } from '../records/instrument-events.ts'
import { request } from '../records/request.ts'
import { settings } from '../records/settings.ts'
import { supplier } from '../records/supplier.ts'
import { instrumentType, manufacturer } from '../records/titled.ts'
import {
  asRole,
  LIMS_TEST_MIGRATIONS,
  makeLab,
  makeLimsContext,
  makeSample,
  NO_CALCULATIONS,
  TEST_NOW,
} from '../testing.ts'
import { INSTRUMENT_STATE_PROVIDER } from './instrument-states.ts'

const YEAR = 365 * 86_400_000

forEachDatabase('instruments that results come from', LIMS_TEST_MIGRATIONS, (open) => {
  async function makeInstrument(ctx: Context, validTo: Date): Promise<{ id: number; equipmentId: number }> {
    const { id: equipmentId } = await createRecord(ctx, equipment, {
      name: `ICP until ${validTo.toISOString()}`,
    })
    const { id: type } = await createRecord(ctx, instrumentType, { title: `ICP ${validTo.getTime()}` })
    const { id: maker } = await createRecord(ctx, manufacturer, { title: `Maker ${validTo.getTime()}` })
    const { id: seller } = await createRecord(ctx, supplier, { name: `Seller ${validTo.getTime()}` })
    const { id } = await createRecord(ctx, instrument, {
      title: `ICP ${validTo.getTime()}`,
      instrumentType: type,
      manufacturer: maker,
      supplier: seller,
      equipment: equipmentId,
    })
    await createRecord(ctx, certification, {
      title: 'C-1',
      instrument: id,
      validFrom: new Date(TEST_NOW.getTime() - 2 * YEAR),
      validTo,
    })
    return { id, equipmentId }
  }

  it('are recorded with their fitness; an expired one is refused, or noted where the laboratory says so', async () => {
    const ctx = makeLimsContext(await open('fresh'))
    const lab = await makeLab(ctx)
    const manager = await asRole(ctx, 'manager')
    const made = await makeSample(manager, lab)
    await doTransition(manager, [{ record: request.name, id: made.requestId }], 'receive')
    const [first, second] = made.analyses.map(({ id }) => id)
    const good = await makeInstrument(ctx, new Date(TEST_NOW.getTime() + YEAR))
    const expired = await makeInstrument(ctx, new Date(TEST_NOW.getTime() - YEAR))
    const enter = (id: number | undefined, by: number) =>
      enterResults(manager, NO_CALCULATIONS, [{ id: id ?? 0, result: '5', instrument: by }])
    const stateOf = async (id: number | undefined) =>
      (await findRecords(ctx, analysis, [id ?? 0]))[0]?.instrumentState

    await enter(first, good.id)
    expect(await stateOf(first)).toMatchObject({ at: TEST_NOW.toISOString(), state: 'ok' })
    await expect(enter(second, expired.id)).rejects.toMatchObject({
      refusal: {
        kind: 'invalid-input',
        problems: [
          {
            field: `${second}.instrument`,
            problem: 'This instrument is not fit for use: Certificate C-1 ended 2025-03-02.',
          },
        ],
      },
    })
    await createRecord(ctx, settings, { instrumentProblem: 'warn' })
    await enter(second, expired.id)
    expect(await stateOf(second)).toMatchObject({ state: 'overdue' })
    const states = await equipmentStates([INSTRUMENT_STATE_PROVIDER]).statesAt(
      ctx,
      [good.equipmentId, expired.equipmentId],
      TEST_NOW,
    )
    expect([states.get(good.equipmentId)?.state, states.get(expired.equipmentId)?.state]).toEqual([
      'ok',
      'overdue',
    ])
  })
})
