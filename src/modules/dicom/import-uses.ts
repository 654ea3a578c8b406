import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { MeteredResource } from './domain/metered-resource.ts'
import { developerRecord } from './records/developer.ts'
import { addUses } from './store/uses.ts'

export type ImportedUse = {
  readonly resource: MeteredResource
  /** `YYYY-MM-DD` in the zone of the site */
  readonly day: string
  readonly count: number
}

/** Takes over what a developer used before: of another system, or of a demonstration. */
export async function importUses(ctx: Context, userId: number, uses: readonly ImportedUse[]): Promise<void> {
  requirePermission(ctx, developerRecord.permissions.change)
  await inTransaction(ctx, async (tx) => {
    for (const { resource, day, count } of uses) await addUses(tx.db, { userId, resource, day }, count)
    await recordAudit(tx, {
      action: 'dicom.use.import',
      record: 'access.user',
      recordId: userId,
      after: { uses },
    })
  })
}
