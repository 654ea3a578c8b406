import { type RefObject, useLayoutEffect } from 'react'

/** Room below a list for its pages and the margin of the page, in pixels. */
const BELOW = 52 + 25

/**
 * Tells a list's scroller how far down the page it begins (`--ts-list-above`), so that its pages stay in
 * sight. Measured before the first paint and when the window changes: banners and filters take what they need.
 */
export function useRemainingHeight(scroller: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const measure = (): void => {
      const element = scroller.current
      if (element === null) return
      const above = Math.round(element.getBoundingClientRect().top + globalThis.scrollY)
      element.style.setProperty('--ts-list-above', `${above + BELOW}px`)
    }
    measure()
    const head = new ResizeObserver(measure)
    // Whatever stands above changes the height of the list's frame or of the page's own head.
    for (const sibling of scroller.current?.parentElement?.children ?? []) {
      if (sibling !== scroller.current) head.observe(sibling)
    }
    globalThis.addEventListener('resize', measure)
    return () => {
      head.disconnect()
      globalThis.removeEventListener('resize', measure)
    }
  }, [scroller])
}
