import type { Context } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { insertAuditEntry } from './store/audit-entries.ts'

/** One fact for the audit trail; who, when and whence follow from the context. */
export type AuditFact = {
  /** `module.noun.verb` */
  readonly action: string
  /** name of the record or noun that it is about */
  readonly record: string
  readonly recordId: number | string
  readonly before?: unknown
  readonly after?: unknown
  readonly reason?: string | undefined
}

/** Appends to the trail in the transaction of the change itself, so that neither exists without the other. */
export async function recordAudit(tx: Context, fact: AuditFact): Promise<void> {
  const { actor, origin } = tx
  await insertAuditEntry(tx.db, {
    at: tx.now(),
    actorId: actingUserId(actor),
    actorName: actor.kind === 'user' ? actor.username : actor.kind === 'system' ? actor.name : 'anonymous',
    credential: origin.credential,
    address: origin.address ?? null,
    requestId: origin.requestId,
    action: fact.action,
    record: fact.record,
    recordId: String(fact.recordId),
    before: fact.before === undefined ? null : JSON.stringify(fact.before),
    after: fact.after === undefined ? null : JSON.stringify(fact.after),
    reason: fact.reason ?? null,
  })
}
