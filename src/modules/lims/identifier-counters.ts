import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { deleteCounters, setCounter } from './store/counters.ts'

/** Makes the next identifier of a series follow this number. */
export async function seedCounter(ctx: Context, name: string, value: number): Promise<void> {
  requirePermission(ctx, 'lims.counter.manage')
  if (!Number.isSafeInteger(value) || value < 0 || value > 999_999_999)
    throw invalidInput('value', 'This must be a whole number.')
  if (name.length === 0 || name.length > 200) throw invalidInput('name', 'This is required.')
  await inTransaction(ctx, async (tx) => {
    await setCounter(tx.db, name, value)
    await recordAudit(tx, {
      action: 'lims.counter.seed',
      record: 'lims.counter',
      recordId: name,
      after: { value },
    })
  })
}

/** Forgets all counters: each series then continues after its highest identifier. */
export async function flushCounters(ctx: Context): Promise<void> {
  requirePermission(ctx, 'lims.counter.manage')
  await inTransaction(ctx, async (tx) => {
    await deleteCounters(tx.db)
    await recordAudit(tx, { action: 'lims.counter.flush', record: 'lims.counter', recordId: 'all' })
  })
}
