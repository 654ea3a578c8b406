import { useLocation, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { parseSearchText, type SearchText, stringifySearchText } from './search-text.ts'

export type SearchPatch = Readonly<Record<string, string | undefined>>
/** `push` for a step the back button should undo, `replace` for typing and dragging. */
export type HistoryMode = 'push' | 'replace'

/** The query of the address as state: read it, patch it; `undefined` takes a name away. */
export function useUrlState(): readonly [SearchText, (patch: SearchPatch, mode?: HistoryMode) => void] {
  const searchStr = useLocation({ select: (location) => location.searchStr })
  const router = useRouter()
  const patch = useCallback(
    (changes: SearchPatch, mode: HistoryMode = 'push'): void => {
      // Read now, not when rendered: two changes in one event must not undo one another.
      const { pathname, searchStr: current } = router.latestLocation
      const next = stringifySearchText({ ...parseSearchText(current), ...changes })
      if (next === current) return
      void router.navigate({ href: `${pathname}${next}`, replace: mode === 'replace', resetScroll: false })
    },
    [router],
  )
  return [parseSearchText(searchStr), patch]
}
