import type { Context } from '../../context.ts'
import { equals } from '../../core/query.ts'
import { part } from '../../modules/machine-qa/records/part.ts'
import { partCategory } from '../../modules/machine-qa/records/part-category.ts'
import { partStorage } from '../../modules/machine-qa/records/part-storage.ts'
import { partSupplier } from '../../modules/machine-qa/records/part-supplier.ts'
import { room } from '../../modules/machine-qa/records/room.ts'
import { storage } from '../../modules/machine-qa/records/storage.ts'
import { supplier } from '../../modules/machine-qa/records/supplier.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { changeRecord, createRecord } from '../../modules/records/save-record.ts'
import { idOf, makeNamed } from './seed-department.ts'
import { PARTS, STORAGES, SUPPLIERS } from './service.data.ts'

/** Enough for years. */
const BOUGHT = 120

/** A part and where it is taken from. */
export type DemoStock = { readonly part: number; readonly fromStorage: number }

/** Makes suppliers, storages and parts with what there is of them. @returns where each part lies, by its number */
export async function seedParts(ctx: Context): Promise<ReadonlyMap<string, DemoStock>> {
  const suppliers = new Map<string, number>()
  for (const declared of SUPPLIERS)
    suppliers.set(declared.name, (await createRecord(ctx, supplier, declared)).id)
  const categories = await makeNamed(ctx, partCategory, [...new Set(PARTS.map(({ category }) => category))])
  const storages = await makeStorages(ctx)
  const stock = new Map<string, DemoStock>()
  for (const declared of PARTS) {
    const { id } = await createRecord(ctx, part, {
      partNumber: declared.number,
      name: declared.name,
      partCategory: idOf(categories, declared.category),
      cost: declared.cost,
      quantityMin: declared.least,
    })
    const place = storages[declared.storage] ?? 0
    await createRecord(ctx, partStorage, { part: id, storage: place, quantity: BOUGHT })
    await createRecord(ctx, partSupplier, { part: id, supplier: idOf(suppliers, declared.supplier) })
    stock.set(declared.number, { part: id, fromStorage: place })
  }
  return stock
}

/** Counts everything: what there is of each part now. */
export async function countParts(ctx: Context, stock: ReadonlyMap<string, DemoStock>): Promise<void> {
  for (const declared of PARTS) {
    const where = equals('part', stock.get(declared.number)?.part ?? 0)
    const { rows } = await listRecords(
      ctx,
      partStorage,
      { where, order: [], limit: 1, offset: 0 },
      { total: 'none' },
    )
    const [place] = rows
    if (place) await changeRecord(ctx, partStorage, place.id, place.version, { quantity: declared.stock })
  }
}

async function makeStorages(ctx: Context): Promise<readonly number[]> {
  const rooms = await makeNamed(ctx, room, [...new Set(STORAGES.map((one) => one.room))])
  const ids: number[] = []
  for (const declared of STORAGES) {
    const values = { room: idOf(rooms, declared.room), location: declared.location }
    ids.push((await createRecord(ctx, storage, values)).id)
  }
  return ids
}
