/** The time a snippet may run, watched by the interpreter itself between its instructions. */
export type Deadline = {
  /** Pyodide looks at element 0 now and then; 2 is the number of SIGINT. */
  readonly signal: { 0: number }
  readonly start: (limitMs: number) => void
  readonly stop: () => void
  readonly hasPassed: () => boolean
}

const SIGINT = 2
/** How long Python gets to unwind before it is interrupted again. */
const PATIENCE_MS = 250

/** Durations come from a clock that calculations cannot stop or see. */
export function createDeadline(): Deadline {
  const now = performance.now.bind(performance)
  let end = Number.POSITIVE_INFINITY
  let next = Number.POSITIVE_INFINITY
  return {
    signal: {
      get 0() {
        const at = now()
        if (at < next) return 0
        next = at + PATIENCE_MS
        return SIGINT
      },
      set 0(_) {
        // Pyodide clears the element after every look at it.
      },
    },
    start(limitMs) {
      end = now() + limitMs
      next = end
    },
    stop() {
      end = Number.POSITIVE_INFINITY
      next = Number.POSITIVE_INFINITY
    },
    hasPassed: () => now() >= end,
  }
}
