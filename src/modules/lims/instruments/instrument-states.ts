import { asSystem, type Context } from '../../../context.ts'
import { all, compare } from '../../../core/query.ts'
import type { RecordType } from '../../../core/record.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { EquipmentStateProvider } from '../../equipment/state-at.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { type Downtime, type InstrumentFitness, instrumentFitness } from '../domain/instrument-fitness.ts'
import { judgeControl } from '../domain/quality-control.ts'
import type { ReferenceResult } from '../domain/reference-result.ts'
import { analysis } from '../records/analysis.ts'
import { instrument } from '../records/instrument.ts'
import { calibration, certification, maintenanceTask, validation } from '../records/instrument-events.ts'
import { referenceSample } from '../records/reference-sample.ts'
import { service } from '../records/service.ts'

/** Events and controls that are looked through; the last ones of each kind. */
const MOST = 5000

/** Whether instruments were fit for use at an instant, by id; those that do not exist are left out. */
export async function instrumentStates(
  ctx: Context,
  ids: readonly number[],
  at: Date,
): Promise<ReadonlyMap<number, InstrumentFitness>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  // whether an instrument is fit is no secret of its certificates
  const system = asSystem(ctx, 'instruments')
  const [rows, certificates, calibrations, validations, tasks, failed] = await Promise.all([
    findRecords(system, instrument, wanted),
    eventsOf(system, certification, wanted),
    eventsOf(system, calibration, wanted),
    eventsOf(system, validation, wanted),
    eventsOf(system, maintenanceTask, wanted),
    failedControls(system, wanted, at),
  ])
  return new Map(
    rows.map((row) => {
      const own = (events: readonly AnyRow[]) => events.filter((each) => each.instrument === row.id)
      const facts = {
        isSetAside: row.disposeUntilNextCalibrationTest === true,
        certificates: own(certificates).flatMap(({ title, validFrom, validTo }) =>
          validFrom instanceof Date && validTo instanceof Date
            ? [{ title: String(title), validFrom, validTo }]
            : [],
        ),
        downtimes: [
          ...own(calibrations).map((each) => downtime('calibration', each)),
          ...own(validations).map((each) => downtime('validation', each)),
          ...own(tasks).map((each) => downtime('maintenance', each)),
        ],
        failedControls: failed.get(row.id) ?? [],
      }
      return [row.id, instrumentFitness(facts, at)]
    }),
  )
}

async function eventsOf(
  system: Context,
  record: RecordType,
  ids: readonly number[],
): Promise<readonly AnyRow[]> {
  const where = all(compare('instrument', 'in', ids), compare('retiredAt', 'isnull', true))
  const order = [{ path: ['id'], direction: 'desc' }] as const
  const { rows } = await listRecords(
    system,
    record,
    { where, order, limit: MOST, offset: 0 },
    {
      total: 'none',
      relations: 'none',
    },
  )
  return rows
}

function downtime(what: Downtime['what'], { title, downFrom, downTo, closed }: AnyRow): Downtime {
  return {
    what,
    title: String(title),
    from: downFrom instanceof Date ? downFrom : null,
    to: downTo instanceof Date ? downTo : null,
    isClosed: closed === true,
  }
}

const SET_ASIDE: ReadonlySet<unknown> = new Set(['retracted', 'rejected'])

/** Keywords whose last control until an instant failed, by instrument. */
async function failedControls(
  system: Context,
  ids: readonly number[],
  at: Date,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const where = all(
    compare('instrument', 'in', ids),
    compare('kind', 'exact', 'reference'),
    compare('resultCaptureDate', 'lte', at),
  )
  const order = [
    { path: ['resultCaptureDate'], direction: 'desc' },
    { path: ['id'], direction: 'desc' },
  ] as const
  const { rows } = await listRecords(
    system,
    analysis,
    { where, order, limit: MOST, offset: 0 },
    {
      total: 'none',
      relations: 'none',
    },
  )
  const latest = new Map<string, AnyRow>()
  for (const row of rows) {
    const key = `${String(row.instrument)} ${String(row.service)} ${String(row.referenceType)}`
    if (!latest.has(key) && !SET_ASIDE.has(row.state) && row.result !== '') latest.set(key, row)
  }
  const failed = await failedAmong(system, [...latest.values()])
  return new Map(
    [...Map.groupBy(failed, (row) => Number(row.instrument))].map(([id, group]) => [
      id,
      [...new Set(group.map(({ keyword }) => String(keyword)))],
    ]),
  )
}

async function failedAmong(system: Context, rows: readonly AnyRow[]): Promise<readonly AnyRow[]> {
  const [materials, services] = await Promise.all([
    findRecords(system, referenceSample, [...new Set(rows.map((row) => Number(row.referenceSample)))]),
    findRecords(system, service, [...new Set(rows.map((row) => Number(row.service)))]),
  ])
  const uids = new Map(services.map(({ id, uid }) => [id, uid]))
  const expected = new Map(
    materials.map((row) => [row.id, row.referenceResults as readonly ReferenceResult[]]),
  )
  return rows.filter((row) => {
    const uid = uids.get(Number(row.service))
    const found = expected.get(Number(row.referenceSample))?.find((each) => each.uid === uid)
    return judgeControl(String(row.result), found).verdict === 'rejected'
  })
}

/** What the laboratory knows of machines that it measures with, for everybody who asks whether they are fit for use. */
export const INSTRUMENT_STATE_PROVIDER: EquipmentStateProvider = {
  name: 'lims',
  statesAt: async (ctx, equipmentIds, at) => {
    if (equipmentIds.length === 0) return []
    const where = all(compare('equipment', 'in', equipmentIds), compare('retiredAt', 'isnull', true))
    const { rows } = await listRecords(
      asSystem(ctx, 'instruments'),
      instrument,
      { where, order: [], limit: MOST, offset: 0 },
      { total: 'none', relations: 'none' },
    )
    const states = await instrumentStates(
      ctx,
      rows.map(({ id }) => id),
      at,
    )
    return rows.flatMap((row) => {
      const fitness = states.get(row.id)
      return fitness ? [{ ...fitness, equipmentId: Number(row.equipment) }] : []
    })
  },
}
