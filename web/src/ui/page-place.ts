import { useEffect, useSyncExternalStore } from 'react'

/** One step of the path from the module to this page. The last one is the page itself and has no link. */
export interface Crumb {
  readonly label: string
  readonly to?: string
}

let crumbs: readonly Crumb[] = []
const listeners = new Set<() => void>()

function setCrumbs(next: readonly Crumb[]): void {
  crumbs = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What the top bar shows as the place of the current page. */
export function useCrumbs(): readonly Crumb[] {
  return useSyncExternalStore(subscribe, () => crumbs)
}

/** Tells the top bar and the browser's title where the reader is. `PageHeader` does it for most pages. */
export function usePagePlace(title: string, trail: readonly Crumb[]): void {
  const key = JSON.stringify([title, trail])
  useEffect(() => {
    const [pageTitle, above] = JSON.parse(key) as [string, readonly Crumb[]]
    setCrumbs([...above, { label: pageTitle }])
    document.title = `${pageTitle} · Touchstone`
  }, [key])
}
