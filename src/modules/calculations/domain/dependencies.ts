import { findIdentifiers } from './snippet-tokens.ts'

/** The order in which calculations run, and those that cannot because they depend on themselves. */
export type CalculationOrder = {
  readonly order: readonly string[]
  /** Members of a cycle and everything that depends on one, alphabetically. */
  readonly cyclic: readonly string[]
  /** Per macro, every identifier its text mentions. */
  readonly identifiers: ReadonlyMap<string, ReadonlySet<string>>
}

export const CYCLIC_DEPENDENCY = 'Cyclic test dependency'

/**
 * Orders calculations by their dependencies (machine-QA 3.5.2): one depends on another when it mentions its
 * macro as an identifier. Ties are alphabetical by code unit; a mention of itself does not count.
 */
export function orderCalculations(sources: ReadonlyMap<string, string>): CalculationOrder {
  const identifiers = new Map([...sources].map(([macro, source]) => [macro, findIdentifiers(source)]))
  const waitingFor = new Map<string, Set<string>>()
  for (const [macro, mentioned] of identifiers) {
    const needed = [...mentioned].filter((name) => name !== macro && sources.has(name))
    waitingFor.set(macro, new Set(needed))
  }
  const order = takeReady(waitingFor)
  return { order, cyclic: [...waitingFor.keys()].sort(byCodeUnit), identifiers }
}

/** Removes what is ready, first alphabetically, until nothing more is; the rest waits for itself. */
function takeReady(waitingFor: Map<string, Set<string>>): string[] {
  const order: string[] = []
  const dependants = new Map<string, string[]>()
  for (const [macro, needed] of waitingFor) {
    for (const name of needed) dependants.set(name, [...(dependants.get(name) ?? []), macro])
  }
  const ready = [...waitingFor.keys()].filter((macro) => waitingFor.get(macro)?.size === 0)
  while (ready.length > 0) {
    const macro = takeFirst(ready)
    order.push(macro)
    waitingFor.delete(macro)
    for (const dependant of dependants.get(macro) ?? []) {
      const needed = waitingFor.get(dependant)
      needed?.delete(macro)
      if (needed?.size === 0) ready.push(dependant)
    }
  }
  return order
}

function takeFirst(names: string[]): string {
  const first = names.reduce((best, name) => (byCodeUnit(name, best) < 0 ? name : best))
  names.splice(names.indexOf(first), 1)
  return first
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
