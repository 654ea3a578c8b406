/** The query of an address as plain text: one value per name, as people type and share it. */
export type SearchText = Record<string, string>

/** Reads `?a=1&b=x:y`; every value stays text, a repeated name keeps its last value. */
export function parseSearchText(search: string): SearchText {
  const found: SearchText = {}
  for (const [name, value] of new URLSearchParams(search)) {
    if (name !== '__proto__') found[name] = value
  }
  return found
}

/** Writes a query that stays readable: `:`, `,` and `/` are left alone, empty values left out. */
export function stringifySearchText(search: Record<string, unknown>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${readable(name)}=${readable(String(value))}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

function readable(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%2F', '/')
}
