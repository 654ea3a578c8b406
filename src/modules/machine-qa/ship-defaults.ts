import { type Context, inTransaction } from '../../context.ts'
import { printRecurrence } from '../../core/recurrence-text.ts'
import { createRecord } from '../records/save-record.ts'
import { SHIPPED_FREQUENCIES, shippedRecurrence } from './domain/frequency.ts'
import { SHIPPED_STATUSES } from './domain/result-status.ts'
import { BOOLEAN_TOLERANCES, toleranceName } from './domain/tolerance.ts'
import { frequency } from './records/frequency.ts'
import { status } from './records/status.ts'
import { shipServiceDefaults } from './service/ship-service-defaults.ts'
import { findEmptyTables, insertBooleanTolerance, lockForShipping } from './store/shipped-rows.ts'

/**
 * Gives a new site its statuses and frequencies, and the two tolerances of yes/no tests that nobody can make. A site
 * that has any keeps exactly those. To be called at every start.
 */
export async function shipDefaults(ctx: Context): Promise<void> {
  if ((await findEmptyTables(ctx.db)).size === 0) return
  await inTransaction(ctx, async (tx) => {
    await lockForShipping(tx.db)
    const empty = await findEmptyTables(tx.db)
    if (empty.has('qa_status')) {
      for (const shipped of SHIPPED_STATUSES) await createRecord(tx, status, shipped)
    }
    await shipServiceDefaults(tx, empty)
    if (empty.has('qa_frequency')) await shipFrequencies(tx)
    if (empty.has('qa_tolerance')) {
      for (const tolerance of BOOLEAN_TOLERANCES) {
        await insertBooleanTolerance(tx.db, toleranceName(tolerance), tolerance.warningOnly, tx.now())
      }
    }
  })
}

async function shipFrequencies(tx: Context): Promise<void> {
  for (const shipped of SHIPPED_FREQUENCIES) {
    await createRecord(tx, frequency, {
      name: shipped.name,
      slug: shipped.slug,
      recurrences: printRecurrence(shippedRecurrence(shipped, tx.zone)),
      windowStart: shipped.windowStartDays,
      windowEnd: shipped.windowEndDays,
    })
  }
}
