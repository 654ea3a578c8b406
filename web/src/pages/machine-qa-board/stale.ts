const PATIENCE_MS = 150_000

/** What to say of a board that has not been read again for too long; undefined while it is fresh. */
export function staleWords(readAt: Date, now: Date): string | undefined {
  const age = now.getTime() - readAt.getTime()
  if (age < PATIENCE_MS) return undefined
  const minutes = Math.floor(age / 60_000)
  return `the states are ${minutes} minutes old`
}
