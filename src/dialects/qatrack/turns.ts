import { setImmediate } from 'node:timers/promises'

/** Consecutive parts of at most so many items. */
export function partsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (items.length <= size) return [items]
  return Array.from({ length: Math.ceil(items.length / size) }, (_, part) =>
    items.slice(part * size, (part + 1) * size),
  )
}

/** Works through the parts one after the other and lets other requests have their turn in between. */
export async function inTurns<T, R>(
  items: readonly T[],
  size: number,
  work: (part: readonly T[]) => Promise<readonly R[]> | readonly R[],
): Promise<R[]> {
  const results: R[] = []
  for (const [index, part] of partsOf(items, size).entries()) {
    if (index > 0) await setImmediate()
    for (const result of await work(part)) results.push(result)
  }
  return results
}
