import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { equipment } from '../../modules/equipment/records/equipment.ts'
import { site } from '../../modules/equipment/records/site.ts'
import { availableTimeEdit } from '../../modules/machine-qa/records/available-time-edit.ts'
import { modality } from '../../modules/machine-qa/records/modality.ts'
import { unit } from '../../modules/machine-qa/records/unit.ts'
import { unitClass } from '../../modules/machine-qa/records/unit-class.ts'
import { unitType } from '../../modules/machine-qa/records/unit-type.ts'
import { vendor } from '../../modules/machine-qa/records/vendor.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import { type DemoUnit, MODALITIES, SITES, UNIT_CLASSES, UNIT_TYPES, UNITS, VENDORS } from './units.data.ts'

const ACCEPTED = '2018-01-01'

/** Ids of the units by their number. */
export type DemoUnits = ReadonlyMap<number, number>

/** Makes units with their types, sites, equipment and holidays. @param years whose holidays are entered */
export async function seedDepartment(ctx: Context, years: readonly number[]): Promise<DemoUnits> {
  const vendors = await makeNamed(ctx, vendor, VENDORS)
  const classes = await makeNamed(ctx, unitClass, UNIT_CLASSES)
  const modalities = await makeNamed(ctx, modality, MODALITIES)
  const sites = await makeNamed(ctx, site, SITES)
  const types = new Map<string, number>()
  for (const { name, model, vendor: maker, unitClass: kind } of UNIT_TYPES) {
    const values = { name, model, vendor: idOf(vendors, maker), unitClass: idOf(classes, kind) }
    types.set(name, (await createRecord(ctx, unitType, values)).id)
  }
  const units = new Map<number, number>()
  for (const declared of UNITS) {
    const siteId = declared.site === undefined ? null : idOf(sites, declared.site)
    const { id } = await createRecord(ctx, unit, {
      number: declared.number,
      name: declared.name,
      serialNumber: declared.serialNumber ?? null,
      location: declared.location ?? null,
      dateAcceptance: ACCEPTED,
      type: idOf(types, declared.type),
      site: siteId,
      modalities: declared.modalities.map((name) => idOf(modalities, name)),
      equipment: await makeEquipment(ctx, declared, siteId),
    })
    for (const date of years.flatMap((year) => [`${year}-01-01`, `${year}-12-25`])) {
      await createRecord(ctx, availableTimeEdit, { unit: id, date, hours: 0, name: 'Public holiday' })
    }
    units.set(declared.number, id)
  }
  return units
}

async function makeEquipment(ctx: Context, declared: DemoUnit, siteId: number | null): Promise<number> {
  const type = UNIT_TYPES.find(({ name }) => name === declared.type)
  const { id } = await createRecord(ctx, equipment, {
    name: declared.name,
    assetNumber: declared.assetNumber,
    maker: type?.vendor ?? null,
    model: type === undefined ? null : `${type.name} ${type.model}`,
    serialNumber: declared.serialNumber ?? null,
    site: siteId,
    place: declared.location ?? null,
    inServiceFrom: ACCEPTED,
  })
  return id
}

/** Makes one row for each name. */
export async function makeNamed(
  ctx: Context,
  record: RecordType,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (const name of names) ids.set(name, (await createRecord(ctx, record, { name })).id)
  return ids
}

/** An id by name; a name without one is a slip in the demonstration. */
export function idOf<Key>(ids: ReadonlyMap<Key, number>, key: Key): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`the demonstration has no ${String(key)}`)
  return id
}
