const KEY = 'touchstone.reloaded-at'
const ONCE_A_MINUTE_MS = 60_000

/**
 * Loads the application anew when a page of it is gone from the server: a new version was installed while this one was
 * open. What was typed is kept as a draft. Not twice in a minute: then something else is wrong, and the page says what.
 */
export function reloadWhenOutdated(): void {
  globalThis.addEventListener('vite:preloadError', (event) => {
    const last = Number(globalThis.sessionStorage.getItem(KEY) ?? 0)
    if (Date.now() - last < ONCE_A_MINUTE_MS) return
    event.preventDefault()
    globalThis.sessionStorage.setItem(KEY, String(Date.now()))
    globalThis.location.reload()
  })
}
