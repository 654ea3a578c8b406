import type { Context } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { attachReferences } from '../../records/attach-references.ts'
import { findRecords } from '../../records/list-records.ts'
import type { Interim, ServiceSnapshot } from '../domain/service-snapshot.ts'
import { interimsOf, type ServiceParts, snapshotService } from '../domain/snapshot-service.ts'
import { calculation } from '../records/calculation.ts'
import { category } from '../records/category.ts'
import { method } from '../records/method.ts'
import { service } from '../records/service.ts'

/** A service with all that an analysis of it is made from. */
export type OfferedService = {
  readonly row: AnyRow
  readonly snapshot: ServiceSnapshot
  readonly interims: readonly Interim[]
  readonly calculationId: number | null
  readonly methodId: number | null
  readonly categoryId: number
  /** ids of the services that its calculation needs */
  readonly needs: readonly number[]
}

/**
 * Services by id with those that their calculations need, in the order asked for, needed ones last.
 *
 * @throws RefusedError `invalid-input` for an id that no service has
 */
export async function loadServices(ctx: Context, ids: readonly number[]): Promise<readonly OfferedService[]> {
  const found = new Map<number, OfferedService>()
  for (let wanted = [...new Set(ids)]; wanted.length > 0; ) {
    for (const offered of await offeredServices(ctx, wanted)) found.set(offered.row.id, offered)
    const unknown = wanted.find((id) => !found.has(id))
    if (unknown !== undefined) throw invalidInput('services', 'This names a service that does not exist.')
    wanted = [...new Set([...found.values()].flatMap(({ needs }) => needs))].filter((id) => !found.has(id))
  }
  return [...found.values()]
}

async function offeredServices(ctx: Context, ids: readonly number[]): Promise<readonly OfferedService[]> {
  const rows = await findRecords(ctx, service, ids)
  const methods = await byId(
    ctx,
    method,
    rows.flatMap((row) => (typeof row.method === 'number' ? [row.method] : [])),
  )
  const calculationIds = new Map(rows.map((row) => [row.id, calculationOf(row, methods)]))
  const calculations = await byId(
    ctx,
    calculation,
    [...calculationIds.values()].flatMap((id) => id ?? []),
  )
  const categories = await byId(
    ctx,
    category,
    rows.map((row) => Number(row.category)),
  )
  const known = new Map(
    (await attachReferences(ctx.db, calculation, [...calculations.values()])).map((row) => [
      row.id,
      row.dependentServices,
    ]),
  )
  return rows.map((row) => {
    const calculationId = calculationIds.get(row.id) ?? null
    const parts: ServiceParts = {
      service: row,
      calculation: calculationId === null ? undefined : calculations.get(calculationId),
      method: methods.get(Number(row.method)),
      category: categories.get(Number(row.category)),
    }
    const needs = calculationId === null ? [] : known.get(calculationId)
    return {
      row,
      snapshot: snapshotService(parts),
      interims: interimsOf(parts),
      calculationId,
      methodId: typeof row.method === 'number' ? row.method : null,
      categoryId: Number(row.category),
      needs: Array.isArray(needs) ? needs : [],
    }
  })
}

/** A service calculates by its own calculation, or by that of its method where it says so. */
function calculationOf(row: AnyRow, methods: ReadonlyMap<number, AnyRow>): number | null {
  if (typeof row.calculation === 'number') return row.calculation
  const ofMethod = methods.get(Number(row.method))?.calculation
  return row.useDefaultCalculation === true && typeof ofMethod === 'number' ? ofMethod : null
}

async function byId(
  ctx: Context,
  record: typeof method | typeof calculation | typeof category,
  ids: readonly number[],
): Promise<ReadonlyMap<number, AnyRow>> {
  return new Map((await findRecords(ctx, record, [...new Set(ids)])).map((row) => [row.id, row]))
}
