import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** A place at which a part is kept. */
export type StockPlace = { readonly partId: number; readonly storageId: number }

type Stamp = { readonly at: Date; readonly by: number | null }

/**
 * Takes parts from a place, or gives some back (a negative number): one statement, so that two people who take the
 * last one at the same time cannot both have it.
 *
 * @returns how many are left there; undefined when there are not enough, or none was ever kept there
 */
export async function takeFromPlace(
  db: Database,
  { partId, storageId }: StockPlace,
  quantity: number,
  { at, by }: Stamp,
): Promise<number | undefined> {
  const { rows } = await sql<{ quantity: number }>`
    update qa_part_storage set quantity = quantity - ${quantity}, version = version + 1, modified_at = ${at},
      modified_by_id = ${by}
    where part_id = ${partId} and storage_id = ${storageId} and quantity >= ${quantity} returning quantity`.execute(
    db,
  )
  return rows[0]?.quantity
}

/** Keeps a part at a place where none was kept. */
export async function openPlace(
  db: Database,
  { partId, storageId }: StockPlace,
  quantity: number,
  { at, by }: Stamp,
): Promise<void> {
  await sql`insert into qa_part_storage (part_id, storage_id, quantity, created_at, created_by_id, modified_at, modified_by_id)
    values (${partId}, ${storageId}, ${quantity}, ${at}, ${by}, ${at}, ${by})`.execute(db)
}

/** How many are at a place; undefined where the part is not kept. */
export async function findStock(
  db: Database,
  { partId, storageId }: StockPlace,
): Promise<number | undefined> {
  const { rows } = await sql<{ quantity: number }>`
    select quantity from qa_part_storage where part_id = ${partId} and storage_id = ${storageId}`.execute(db)
  return rows[0]?.quantity
}

/** Adds to the sum over all places, and to whether the part is low. */
export async function addToPart(db: Database, partId: number, change: number): Promise<void> {
  await sql`update qa_part set quantity_current = quantity_current + ${change},
      is_low = (quantity_min > 0 and quantity_current + ${change} < quantity_min)
    where id = ${partId}`.execute(db)
}

export type NewMovement = StockPlace & {
  readonly change: number
  readonly left: number
  readonly kind: 'counted' | 'used' | 'returned'
  readonly serviceEventId: number | null
}

export async function insertMovement(db: Database, movement: NewMovement, { at, by }: Stamp): Promise<void> {
  const { partId, storageId, change, left, kind, serviceEventId } = movement
  await sql`insert into qa_stock_movement (part_id, storage_id, change, quantity_left, kind, service_event_id, happened, user_id)
    values (${partId}, ${storageId}, ${change}, ${left}, ${kind}, ${serviceEventId}, ${at}, ${by})`.execute(
    db,
  )
}

/** What a service event used from storages. */
export async function findPartsTaken(
  db: Database,
  serviceEventId: number,
): Promise<readonly (StockPlace & { readonly quantity: number })[]> {
  const { rows } = await sql<StockPlace & { quantity: number }>`
    select part_id as "partId", from_storage_id as "storageId", quantity from qa_part_used
    where service_event_id = ${serviceEventId} and from_storage_id is not null order by part_id, from_storage_id`.execute(
    db,
  )
  return rows
}

/** Parts of which fewer are left than should be, the scarcest first. */
export async function findLowParts(db: Database, limit: number): Promise<readonly LowPart[]> {
  const { rows } = await sql<LowPart>`
    select id, name, part_number as "partNumber", part_category_id as "categoryId", quantity_current as "quantity",
      quantity_min as "least" from qa_part
    where is_low and not is_obsolete and retired_at is null
    order by quantity_current - quantity_min, id limit ${limit}`.execute(db)
  return rows
}

export type LowPart = {
  readonly id: number
  readonly name: string
  readonly partNumber: string
  readonly categoryId: number | null
  readonly quantity: number
  readonly least: number
}
