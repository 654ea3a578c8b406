// Sets colour scheme and density before the first paint, so that a dark screen never flashes white.
// A file of its own because the content security policy allows no inline script.
;(() => {
  const root = document.documentElement
  const stored = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null // storage is switched off: the system's preference applies
    }
  }
  const scheme = stored('touchstone.scheme') ?? 'auto'
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  root.setAttribute('data-density', stored('touchstone.density') === 'compact' ? 'compact' : 'comfortable')
})()
