/** Lets one holder at a time in, first come first served. */
export type AsyncLock = {
  /** @returns the function that lets the next one in; calling it again does nothing */
  acquire(): Promise<() => void>
}

/** @param patienceMs how long to wait before giving up with an error, so that a lost holder is noticed */
export function asyncLock(what: string, patienceMs: number): AsyncLock {
  const waiting: (() => void)[] = []
  let held = false

  function release(): void {
    const next = waiting.shift()
    if (next) next()
    else held = false
  }

  function releaseOnce(): () => void {
    let released = false
    return () => {
      if (released) return
      released = true
      release()
    }
  }

  function acquire(): Promise<() => void> {
    if (!held) {
      held = true
      return Promise.resolve(releaseOnce())
    }
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer)
        resolve(releaseOnce())
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(enter), 1)
        reject(new Error(`Waited ${patienceMs} ms for ${what} in vain.`))
      }, patienceMs)
      waiting.push(enter)
    })
  }

  return { acquire }
}
