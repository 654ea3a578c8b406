import { decodeEntities } from './decode-entities.ts'

/** One piece of sanitised HTML in reading order. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly tag: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly tag: string }

const PIECE = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*) ?(\/?)>|([^<]+)/g
const ATTRIBUTE = / ([a-z-]+)(?:="([^"]*)")?/g

/**
 * Splits what {@link import('./sanitize-html.ts').sanitizeHtml} returned. Only for its output: that is balanced,
 * lower-case and quotes every attribute, so no general parser is needed. Void elements come as `open` only.
 */
export function* sanitizedTokens(html: string): Generator<HtmlToken> {
  for (const [, slash, tag, attributes, , text] of html.matchAll(PIECE)) {
    if (text !== undefined) yield { kind: 'text', text: decodeEntities(text) }
    else if (tag && slash) yield { kind: 'close', tag }
    else if (tag) yield { kind: 'open', tag, attributes: readAttributes(attributes ?? '') }
  }
}

function readAttributes(source: string): ReadonlyMap<string, string> {
  const entries = source.matchAll(ATTRIBUTE)
  return new Map(entries.map(([, name, value]) => [name ?? '', decodeEntities(value ?? '')]))
}
