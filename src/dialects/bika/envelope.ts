/** The keys that every answer has. */
export type Envelope = {
  readonly url: string
  readonly _runtime: number
  readonly success: boolean
  readonly error: boolean
}

export function successEnvelope(
  url: string,
  seconds: number,
  body: Readonly<Record<string, unknown>>,
): Envelope & Readonly<Record<string, unknown>> {
  return { url, _runtime: seconds, success: true, error: false, ...body }
}

export function failureEnvelope(
  url: string,
  seconds: number,
  message: string,
): Envelope & { readonly message: string } {
  return { url, _runtime: seconds, success: false, error: true, message }
}

/** The same data as XML, for those who ask for it. */
export function toXml(value: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8" ?><root>${children(value)}</root>`
}

function children(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element('item', item)).join('')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner))
      .join('')
  return escapeXml(value === null || value === undefined ? '' : String(value))
}

function element(name: string, value: unknown): string {
  const safe = /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) ? name : 'key'
  const named = safe === name ? '' : ` name="${escapeXml(name)}"`
  return `<${safe}${named} type="${typeName(value)}">${children(value)}</${safe}>`
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    case 'object':
      return 'dict'
    default:
      return 'str'
  }
}

function escapeXml(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  // characters that no XML may hold are left out
  return text
    .replace(/[&<>"]/g, (character) => escapes[character] ?? '')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}
