import type { Context } from '../../context.ts'
import { deleteRunsBefore } from './store/runs.ts'

const KEPT_MS = 90 * 86_400_000

/** Forgets when jobs ran once nobody asks any more. */
export async function deleteOldRuns(ctx: Context): Promise<void> {
  await deleteRunsBefore(ctx.db, new Date(ctx.now().getTime() - KEPT_MS))
}
