/** Where the cursor goes on the performing page. Rows carry `data-macro`, their inputs `data-entry`. */

export function entryId(macro: string): string {
  return `entry-${macro}`
}

export function commentId(macro: string): string {
  return `comment-${macro}`
}

/** Puts the cursor into the input of a row. */
export function focusEntry(macro: string): void {
  focusStop(document.getElementById(entryId(macro)))
}

/** Puts the cursor into the next row that takes input, or back into this one when it is the last. */
export function focusAfter(macro: string): void {
  const stops = [...document.querySelectorAll<HTMLElement>('[data-entry]')]
  const here = document.getElementById(commentId(macro))
  const next = stops.find(
    (stop) => here !== null && (here.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  )
  focusStop(next ?? document.getElementById(entryId(macro)))
}

/** As soon as React has drawn it. */
export function focusCommentSoon(macro: string): void {
  requestAnimationFrame(() => document.getElementById(commentId(macro))?.focus())
}

/** The control of a row: of a group of answers the chosen one. */
export function focusStop(stop: HTMLElement | null | undefined): void {
  const control = stop?.querySelector<HTMLElement>(
    'input:not([type="file"]):not([type="hidden"]), textarea, select, [tabindex="0"], button',
  )
  control?.focus()
  if (control instanceof HTMLInputElement) control.select()
  control?.scrollIntoView({ block: 'nearest' })
}
