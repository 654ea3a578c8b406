import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { invalidInput } from '../../core/refusal.ts'
import { fold } from '../../platform/database/fold.ts'
import { requireUser } from '../access/acting-as.ts'

/** One thing that was found. */
export type SearchHit = {
  readonly label: string
  /** what tells it from others of that label */
  readonly hint?: string
  /** web path of its page */
  readonly path: string
}

/** One kind of thing that the global search looks for. */
export type SearchSource = {
  /** told apart by this, e.g. `machine-qa.unit` */
  readonly kind: string
  /** heading over its hits, e.g. `Unit` */
  readonly label: string
  /** without it the source is not asked */
  readonly permission: string
  /** at most `limit` hits, best first, of what the acting user may know of */
  readonly search: (ctx: Context, text: string, limit: number) => Promise<readonly SearchHit[]>
}

export type FoundHit = SearchHit & { readonly kind: string }

const SHORTEST_TEXT = 2
const LONGEST_TEXT = 200
const HITS_PER_SOURCE = 6
/** Sources asked at the same time: a search must not take every connection to the database. */
const SOURCES_AT_ONCE = 4

/**
 * Looks for a text in everything the acting user may see. Hits of a kind stand together; kinds with better hits come
 * first, equal ones in the order of the sources.
 *
 * @returns nothing for a text shorter than two characters
 */
export async function searchEverything(
  ctx: Context,
  sources: readonly SearchSource[],
  text: string,
): Promise<readonly FoundHit[]> {
  requireUser(ctx)
  const wanted = text.trim().slice(0, LONGEST_TEXT)
  if (wanted.includes('\0') || !wanted.isWellFormed())
    throw invalidInput('q', 'This holds characters that cannot be searched for.')
  if ([...wanted].length < SHORTEST_TEXT) return []
  const permitted = sources.filter(({ permission }) => hasPermission(ctx.actor, permission))
  const found = await askInTurn(permitted, (source) => source.search(ctx, wanted, HITS_PER_SOURCE))
  return permitted
    .map(({ label }, index) =>
      (found[index] ?? []).slice(0, HITS_PER_SOURCE).map((hit) => ({ kind: label, ...hit })),
    )
    .toSorted((left, right) => bestRank(left, wanted) - bestRank(right, wanted))
    .flat()
}

function bestRank(hits: readonly SearchHit[], wanted: string): number {
  return Math.min(...hits.map(({ label }) => rankOf(label, wanted)), WORST_RANK)
}

const WORST_RANK = 3

/** 0 for the text itself, 1 for what begins with it, 2 for what holds it, 3 for what was found by another field. */
export function rankOf(label: string, wanted: string): number {
  const [text, part] = [fold(label), fold(wanted)]
  const at = text.indexOf(part)
  if (at === 0) return text === part ? 0 : 1
  return at > 0 ? 2 : WORST_RANK
}

async function askInTurn<T>(
  sources: readonly SearchSource[],
  ask: (source: SearchSource) => Promise<T>,
): Promise<readonly T[]> {
  const answers: T[] = []
  const waiting = sources.entries()
  const worker = async () => {
    for (const [index, source] of waiting) answers[index] = await ask(source)
  }
  await Promise.all(Array.from({ length: SOURCES_AT_ONCE }, worker))
  return answers
}
