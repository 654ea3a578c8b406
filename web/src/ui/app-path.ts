/** Where the application is mounted. */
export const APP_BASE = '/app'

/** The address of a path inside the application, for `href`. */
export function appHref(path: string): string {
  return path.startsWith(`${APP_BASE}/`) ? path : `${APP_BASE}${path}`
}

/** The path inside the application of an address that may or may not carry the mount point. */
export function insideApp(path: string): string {
  if (path === APP_BASE) return '/'
  return path.startsWith(`${APP_BASE}/`) ? path.slice(APP_BASE.length) : path
}

interface Click {
  readonly defaultPrevented: boolean
  readonly button: number
  readonly metaKey: boolean
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** Whether a click means "follow here", not "open elsewhere" or "save". */
export function isPlainClick(click: Click): boolean {
  const isModified = click.metaKey || click.ctrlKey || click.shiftKey || click.altKey
  return !click.defaultPrevented && click.button === 0 && !isModified
}
