import type { Context } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import {
  addToPart,
  findPartsTaken,
  findStock,
  insertMovement,
  openPlace,
  type StockPlace,
  takeFromPlace,
} from '../store/stock.ts'

/** Takes parts from a storage for a service event. @throws RefusedError `invalid-input` when there are not enough */
export async function takeParts(
  tx: Context,
  place: StockPlace,
  quantity: number,
  serviceEventId: number,
): Promise<void> {
  if (quantity === 0) return
  const left = await takeFromPlace(tx.db, place, quantity, stampOf(tx))
  if (left === undefined) throw await notEnough(tx, place)
  await addToPart(tx.db, place.partId, -quantity)
  await insertMovement(
    tx.db,
    { ...place, change: -quantity, left, kind: 'used', serviceEventId },
    stampOf(tx),
  )
}

async function notEnough(tx: Context, place: StockPlace): Promise<Error> {
  const stock = await findStock(tx.db, place)
  return stock === undefined
    ? invalidInput('fromStorage', 'This part is not kept there.')
    : invalidInput('quantity', `Only ${stock} of this part ${stock === 1 ? 'is' : 'are'} left there.`)
}

/** Puts parts back to where a service event took them from. */
export async function returnParts(
  tx: Context,
  place: StockPlace,
  quantity: number,
  serviceEventId: number,
): Promise<void> {
  if (quantity === 0) return
  const stamp = stampOf(tx)
  const known = await takeFromPlace(tx.db, place, -quantity, stamp)
  if (known === undefined) await openPlace(tx.db, place, quantity, stamp)
  await addToPart(tx.db, place.partId, quantity)
  await insertMovement(
    tx.db,
    { ...place, change: quantity, left: known ?? quantity, kind: 'returned', serviceEventId },
    stamp,
  )
}

/** Notes that a storage was counted; the stock itself says so already. */
export async function noteCount(
  tx: Context,
  place: StockPlace,
  { change, left }: { readonly change: number; readonly left: number },
): Promise<void> {
  if (change === 0) return
  await addToPart(tx.db, place.partId, change)
  await insertMovement(tx.db, { ...place, change, left, kind: 'counted', serviceEventId: null }, stampOf(tx))
}

/** Moves everything that an event used: back when the event is deleted, out again when it is restored. */
export async function moveAllParts(
  tx: Context,
  serviceEventId: number,
  move: 'return' | 'take',
): Promise<void> {
  for (const { quantity, ...place } of await findPartsTaken(tx.db, serviceEventId)) {
    if (move === 'return') await returnParts(tx, place, quantity, serviceEventId)
    else await takeParts(tx, place, quantity, serviceEventId)
  }
}

function stampOf(tx: Context) {
  return { at: tx.now(), by: actingUserId(tx.actor) }
}
