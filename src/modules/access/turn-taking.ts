/** Runs what shares a key one after the other, in the order of arrival. */
export type TurnTaking = {
  /** @returns undefined, without having run, when too many wait for the same key already */
  take<T>(key: string, run: () => Promise<T>): Promise<T | undefined>
}

type Queue = { last: Promise<unknown>; waiting: number }

export function turnTaking(mostWaiting: number): TurnTaking {
  const queues = new Map<string, Queue>()
  return {
    async take(key, run) {
      const queue = queues.get(key) ?? { last: Promise.resolve(), waiting: 0 }
      if (queue.waiting >= mostWaiting) return undefined
      queue.waiting += 1
      queues.set(key, queue)
      const mine = queue.last.then(run)
      // the next one runs however this one ends; its own caller hears of it
      queue.last = mine.then(
        () => undefined,
        () => undefined,
      )
      try {
        return await mine
      } finally {
        queue.waiting -= 1
        if (queue.waiting === 0) queues.delete(key)
      }
    },
  }
}
