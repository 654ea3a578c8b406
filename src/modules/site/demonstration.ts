import type { Context } from '../../context.ts'
import { decideFact, findFact } from './store/facts.ts'

const DEMONSTRATION = 'demonstration'

/** Whether the database holds the whole demonstration laboratory. */
export async function isDemonstration(ctx: Context): Promise<boolean> {
  return (await findFact(ctx.db, DEMONSTRATION)) !== undefined
}

/** Marks the database as filled with the demonstration, in the transaction that filled it. */
export async function markAsDemonstration(tx: Context): Promise<void> {
  await decideFact(tx.db, DEMONSTRATION, 'complete', tx.now())
}
