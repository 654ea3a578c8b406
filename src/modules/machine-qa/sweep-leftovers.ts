import { type Context, inTransaction } from '../../context.ts'
import { deleteAttachments, findReferredContents, findTemporaryBefore } from './store/attachments.ts'
import { deleteDraftsBefore } from './store/drafts.ts'

const DAY_MS = 86_400_000
/** Drafts that were not touched for this long are given up. */
export const DRAFT_LIFE_DAYS = 30
/** A draft may name files that were sent for it, so they outlive it. */
const FILE_LIFE_DAYS = DRAFT_LIFE_DAYS + 1
const BATCH = 500

/** Removes drafts and temporary files that nobody came back for: a job of every day. @returns how many of each */
export async function sweepLeftovers(
  ctx: Context,
): Promise<{ readonly drafts: number; readonly files: number }> {
  const ago = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS)
  const drafts = await deleteDraftsBefore(ctx.db, ago(DRAFT_LIFE_DAYS))
  let files = 0
  for (;;) {
    const removed = await inTransaction(ctx, async (tx) => {
      const left = await findTemporaryBefore(tx.db, ago(FILE_LIFE_DAYS), BATCH)
      await deleteAttachments(
        tx.db,
        left.map(({ id }) => id),
      )
      return left.length
    })
    files += removed
    if (removed < BATCH) return { drafts, files }
  }
}

/** Which of the contents machine QA still refers to: the sweep of orphans asks every module. */
export function findContentsInUse(ctx: Context, sha256: readonly string[]): Promise<ReadonlySet<string>> {
  return findReferredContents(ctx.db, sha256)
}
