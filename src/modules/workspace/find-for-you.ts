import type { Context } from '../../context.ts'
import { requireUser } from '../access/acting-as.ts'
import { byUrgency, type ForYouItem } from './domain/for-you.ts'

/**
 * Finds what waits for the acting user in one part of the product. It shows nothing that the user may not see; who
 * has no access to the part gets nothing, not a refusal.
 */
export type ForYouSource = (ctx: Context) => Promise<readonly ForYouItem[]>

const MOST_ITEMS = 200

/** Everything that waits for the acting user, most urgent first, 200 at most. */
export async function findForYou(
  ctx: Context,
  sources: readonly ForYouSource[],
): Promise<readonly ForYouItem[]> {
  requireUser(ctx)
  const found = await Promise.all(sources.map((source) => source(ctx)))
  return found.flat().sort(byUrgency).slice(0, MOST_ITEMS)
}
