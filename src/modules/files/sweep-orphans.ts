import type { Context } from '../../context.ts'

/** Says which of some contents rows of a module still name. */
export type ContentUse = (ctx: Context, sha256: readonly string[]) => Promise<ReadonlySet<string>>

/** A content without a row may belong to a request that is about to commit; none takes a day. */
const MINIMUM_AGE_MS = 86_400_000

const BATCH = 500

/**
 * Removes contents that nothing names any more: of requests that were refused or killed after their file was stored, and
 * of rows that were deleted.
 *
 * @param uses one function for each module that keeps files; forgetting one would lose its files
 * @returns how many contents were removed
 */
export async function sweepOrphans(ctx: Context, uses: readonly ContentUse[]): Promise<number> {
  let removed = 0
  let batch: string[] = []
  const oldest = new Date(ctx.now().getTime() - MINIMUM_AGE_MS)
  const sweepBatch = async (): Promise<void> => {
    const lookedUpAt = ctx.now()
    const used = await Promise.all(uses.map((use) => use(ctx, batch)))
    for (const sha256 of batch.filter((content) => !used.some((set) => set.has(content)))) {
      if (await ctx.blobs.delete(sha256, { unlessPutSince: lookedUpAt })) removed += 1
    }
    batch = []
  }
  for await (const { sha256, modifiedAt } of ctx.blobs.list()) {
    if (modifiedAt > oldest) continue
    batch.push(sha256)
    if (batch.length >= BATCH) await sweepBatch()
  }
  if (batch.length > 0) await sweepBatch()
  return removed
}
