import { detail, WireError } from '../../platform/http/wire-error.ts'

/** Counts requests of the last minute, to the second. */
export type Throttle = {
  /** @throws WireError 429 for one request too many */
  admit(caller: number, share: 'whole' | 'sessions', now: Date): void
}

type Window = { readonly counts: number[]; second: number; total: number }

const SECONDS = 60
/** Callers who are remembered; those who have been silent for a minute make room. */
const MOST_WINDOWS = 10_000

/**
 * Limits the requests of each caller to this process; several servers count each for itself.
 *
 * @param perMinute for the whole API, of which sessions may use half, as the documented system has it by default
 *   (1000 and 500); 0 for no limit
 */
export function createThrottle(perMinute: number): Throttle {
  const windows = new Map<string, Window>()
  const limits = { whole: perMinute, sessions: Math.max(1, Math.floor(perMinute / 2)) }

  function windowOf(key: string, second: number): Window {
    const known = windows.get(key)
    if (known) return known
    if (windows.size >= MOST_WINDOWS) {
      for (const [other, window] of windows) if (second - window.second >= SECONDS) windows.delete(other)
    }
    const made = { counts: new Array<number>(SECONDS).fill(0), second, total: 0 }
    windows.set(key, made)
    return made
  }

  return {
    admit(caller, share, now) {
      if (perMinute === 0) return
      const second = Math.floor(now.getTime() / 1000)
      const window = windowOf(`${share} ${caller}`, second)
      advance(window, second)
      if (window.total >= limits[share]) throw throttled(secondsToWait(window, limits[share]))
      const slot = second % SECONDS
      window.counts[slot] = (window.counts[slot] ?? 0) + 1
      window.total += 1
    },
  }
}

/** Forgets the seconds that have left the minute. */
function advance(window: Window, second: number): void {
  const passed = Math.min(second - window.second, SECONDS)
  for (let step = 1; step <= passed; step++) {
    const slot = (window.second + step) % SECONDS
    window.total -= window.counts[slot] ?? 0
    window.counts[slot] = 0
  }
  if (second > window.second) window.second = second
}

/** Until so many requests have left the minute that one more fits. */
function secondsToWait(window: Window, limit: number): number {
  let total = window.total
  for (let wait = 1; wait <= SECONDS; wait++) {
    total -= window.counts[(window.second + wait) % SECONDS] ?? 0
    if (total < limit) return wait
  }
  return SECONDS
}

function throttled(waitS: number): WireError {
  const unit = waitS === 1 ? 'second' : 'seconds'
  return new WireError(429, detail(`Request was throttled. Expected available in ${waitS} ${unit}.`), {
    'retry-after': String(waitS),
  })
}
