import { setTimeout as delay } from 'node:timers/promises'

const SQLITE_BUSY = 5
const SQLITE_LOCKED = 6

/** @returns the primary SQLite result code of an error, undefined for other errors */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}

/**
 * Repeats `attempt` while another process holds the database, with growing random pauses in which the event loop
 * runs.
 *
 * @param patienceMs after how long to give up with SQLite's own error
 */
export async function retryWhileBusy<T>(attempt: () => T, patienceMs: number): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    try {
      return attempt()
    } catch (error) {
      const code = sqliteCode(error)
      if ((code !== SQLITE_BUSY && code !== SQLITE_LOCKED) || performance.now() > deadline) throw error
    }
    await delay(pauseMs * (0.5 + Math.random()))
  }
}
