import { RefusedError } from '../../core/refusal.ts'
import { createFairQueue } from './domain/fair-queue.ts'
import type { InterpreterProcess } from './interpreter-process.ts'

export type PoolSettings = {
  readonly processes: number
  readonly mostWaiting: number
  readonly recycleAfter: number
  readonly idleMs: number
  readonly start: () => Promise<InterpreterProcess>
  /** Whether a process still offers what the server now knows to be needed. */
  readonly isCurrent: (interpreter: InterpreterProcess) => boolean
}

/** One place for a process, held by one conversation at a time. */
export type Slot = {
  /** The process of this place, started when there is none that will do. */
  readonly open: () => Promise<InterpreterProcess>
  /** Ends the process; the next `open` starts another. */
  readonly discard: () => void
}

export type InterpreterPool = {
  /**
   * Waits for a free place and runs `work` with it.
   *
   * @throws RefusedError `upstream-failed` when too many wait already; the signal's reason when it aborts while waiting
   */
  readonly use: <Result>(
    party: string,
    signal: AbortSignal | undefined,
    work: (slot: Slot) => Promise<Result>,
  ) => Promise<Result>
  readonly status: () => PoolStatus
  readonly close: () => Promise<void>
}

/** Process ids of the running processes, and how many batches wait for one. */
export type PoolStatus = { readonly processes: readonly number[]; readonly waiting: number }

type Place = {
  interpreter: InterpreterProcess | undefined
  starting: Promise<InterpreterProcess> | undefined
  uses: number
  idleTimer: NodeJS.Timeout | undefined
}
type Waiter = { readonly admit: (place: Place) => void; readonly refuse: (reason: unknown) => void }

export function createInterpreterPool(settings: PoolSettings): InterpreterPool {
  const free: Place[] = Array.from({ length: settings.processes }, () => ({
    interpreter: undefined,
    starting: undefined,
    uses: 0,
    idleTimer: undefined,
  }))
  const places = [...free]
  const waiters = createFairQueue<Waiter>()
  let closed = false

  /** A place whose process runs is preferred, the one used last first, so that the others become idle. */
  const takeFree = (): Place | undefined => {
    const running = free.findLastIndex(({ interpreter }) => interpreter && !interpreter.hasEnded())
    return running >= 0 ? free.splice(running, 1)[0] : free.pop()
  }

  const acquire = (party: string, signal: AbortSignal | undefined): Promise<Place> => {
    if (closed) return Promise.reject(refusal('calculations have ended'))
    signal?.throwIfAborted()
    const place = takeFree()
    if (place) return Promise.resolve(place)
    if (waiters.size() >= settings.mostWaiting) return Promise.reject(refusal('too many are waiting'))
    return new Promise((admit, refuse) => {
      const waiter: Waiter = { admit, refuse }
      waiters.add(party, waiter)
      signal?.addEventListener('abort', () => waiters.remove(waiter) && refuse(signal.reason), { once: true })
    })
  }

  const open = async (place: Place): Promise<InterpreterProcess> => {
    const { interpreter } = place
    if (interpreter && !interpreter.hasEnded() && settings.isCurrent(interpreter)) {
      interpreter.hold('busy')
      return interpreter
    }
    discard(place)
    if (closed) throw refusal('calculations have ended')
    place.starting ??= settings.start().finally(() => {
      place.starting = undefined
    })
    const started = await place.starting
    if (closed) {
      started.kill()
      throw refusal('calculations have ended')
    }
    place.interpreter = started
    place.uses = 0
    return settings.isCurrent(started) ? started : open(place)
  }

  const release = (place: Place): void => {
    if (closed || place.uses >= settings.recycleAfter) discard(place)
    const waiter = closed ? undefined : waiters.takeNext()
    if (waiter) {
      waiter.admit(place)
      return
    }
    free.push(place)
    place.idleTimer = setTimeout(() => discard(place), settings.idleMs).unref()
    if (place.interpreter) place.interpreter.hold('idle')
    else if (!closed) startAhead(place)
  }

  /** Replaces a process before the next batch needs it. A failure to start is reported to that batch. */
  const startAhead = (place: Place): void => {
    open(place).then(
      (interpreter) => {
        if (free.includes(place)) interpreter.hold('idle')
      },
      (failure: unknown) => {
        if (!(failure instanceof RefusedError)) throw failure
      },
    )
  }

  return {
    async use(party, signal, work) {
      const place = await acquire(party, signal)
      clearTimeout(place.idleTimer)
      try {
        return await work({ open: () => open(place), discard: () => discard(place) })
      } finally {
        place.uses++
        release(place)
      }
    },
    status: () => ({
      processes: places.flatMap(({ interpreter }) =>
        interpreter?.hasEnded() === false ? interpreter.pid : [],
      ),
      waiting: waiters.size(),
    }),
    async close() {
      closed = true
      for (let waiter = waiters.takeNext(); waiter; waiter = waiters.takeNext()) {
        waiter.refuse(refusal('calculations have ended'))
      }
      await Promise.all(places.map(close))
    },
  }
}

function discard(place: Place): void {
  place.interpreter?.kill()
  place.interpreter = undefined
}

async function close(place: Place): Promise<void> {
  clearTimeout(place.idleTimer)
  const { interpreter } = place
  interpreter?.hold('busy')
  discard(place)
  await interpreter?.ended
  // A process that is just starting is ended by whoever waits for it.
  await Promise.allSettled([place.starting])
}

function refusal(reason: string): RefusedError {
  return new RefusedError({ kind: 'upstream-failed', source: 'calculations', reason })
}
