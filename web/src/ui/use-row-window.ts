import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'

/** Above this many rows only those in sight are in the document. */
const WINDOW_ABOVE = 200

export interface RowWindow {
  readonly isWindowed: boolean
  /** The rows to draw: from, up to but not including. */
  readonly from: number
  readonly to: number
  /** Pixels that the rows before and after take. */
  readonly before: number
  readonly after: number
  readonly scrollTo: (index: number) => void
}

function rowHeight(): number {
  const text = getComputedStyle(document.documentElement).getPropertyValue('--ts-row')
  return Number.parseInt(text, 10) || 44
}

/** Which rows of a long table are in sight; all of a short one. */
export function useRowWindow(count: number, scroller: RefObject<HTMLElement | null>): RowWindow {
  const isWindowed = count > WINDOW_ABOVE
  const virtual = useVirtualizer({
    count: isWindowed ? count : 0,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
  })
  if (!isWindowed) return { isWindowed, from: 0, to: count, before: 0, after: 0, scrollTo: () => undefined }
  const items = virtual.getVirtualItems()
  const last = items.at(-1)
  return {
    isWindowed,
    from: items[0]?.index ?? 0,
    to: last === undefined ? 0 : last.index + 1,
    before: items[0]?.start ?? 0,
    after: virtual.getTotalSize() - (last?.end ?? 0),
    scrollTo: (index) => virtual.scrollToIndex(index),
  }
}

/** Only some rows of a long table are in the document: their content must not move the columns. */
export function useFrozenWidths(
  scroller: RefObject<HTMLElement | null>,
  isWindowed: boolean,
  columns: unknown,
): readonly number[] | undefined {
  const [frozen, setFrozen] = useState<{ readonly columns: unknown; readonly widths: readonly number[] }>()
  const isKnown = frozen?.columns === columns
  useLayoutEffect(() => {
    if (!isWindowed || isKnown) return
    const heads = [...(scroller.current?.querySelectorAll('thead th') ?? [])]
    setFrozen({ columns, widths: heads.map((head) => head.getBoundingClientRect().width) })
  }, [scroller, isWindowed, isKnown, columns])
  return isWindowed && isKnown ? frozen?.widths : undefined
}
