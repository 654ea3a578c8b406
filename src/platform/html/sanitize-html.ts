import sanitize from 'sanitize-html'
import { invalidInput } from '../../core/refusal.ts'
import { type HtmlPolicy, POLICY_OPTIONS } from './html-policy.ts'

export type SanitizedHtml = {
  readonly html: string
  /** What was taken out, for the person who gave it: `<script>`, `onclick on <p>`, `style position on <div>`; sorted, each once. */
  readonly removed: readonly string[]
}

/** Images embedded in procedures count; beyond this the work would be felt by others. */
export const MAX_HTML_LENGTH = 4_000_000

/**
 * Reduces foreign HTML to what a policy allows. Links get `rel="noopener noreferrer"`.
 *
 * @throws RefusedError `invalid-input` beyond {@link MAX_HTML_LENGTH} characters
 */
export function sanitizeHtml(html: string, policy: HtmlPolicy): SanitizedHtml {
  if (html.length > MAX_HTML_LENGTH) {
    throw invalidInput('html', `This text has more than ${MAX_HTML_LENGTH} characters.`)
  }
  const given = new Map<string, number>()
  const clean = sanitize(html, {
    ...POLICY_OPTIONS[policy],
    onOpenTag: (name, attributes) => countParts(given, name, attributes),
  })
  const removed = partsMissing(given, partsOf(clean))
  return { html: addRel(clean), removed }
}

/** Counts what a text consists of, in the words of {@link SanitizedHtml.removed}. */
function partsOf(html: string): Map<string, number> {
  const parts = new Map<string, number>()
  sanitize(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    parseStyleAttributes: false,
    onOpenTag: (name, attributes) => countParts(parts, name, attributes),
  })
  return parts
}

function countParts(
  parts: Map<string, number>,
  tag: string,
  attributes: Readonly<Record<string, string>>,
): void {
  const add = (part: string): void => {
    parts.set(part, (parts.get(part) ?? 0) + 1)
  }
  add(`<${tag}>`)
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'style') add(`${name} on <${tag}>`)
    else for (const property of styleProperties(value)) add(`style ${property} on <${tag}>`)
  }
}

function styleProperties(style: string): readonly string[] {
  return style
    .split(';')
    .map((declaration) => (declaration.split(':')[0] ?? '').trim().toLowerCase())
    .filter((property) => property !== '')
}

/** Of an element that went away only the element is named, not each of its attributes. */
function partsMissing(
  given: ReadonlyMap<string, number>,
  kept: ReadonlyMap<string, number>,
): readonly string[] {
  const missing = [...given].filter(([part, count]) => (kept.get(part) ?? 0) < count).map(([part]) => part)
  const gone = new Set(missing.filter((part) => part.startsWith('<') && !kept.has(part)))
  return missing.filter((part) => part.startsWith('<') || !gone.has(part.slice(part.lastIndexOf('<')))).sort()
}

/** The text is the sanitiser's own output, where an opening `<a` is always this literal. */
function addRel(clean: string): string {
  return clean.replaceAll(/<a(?= |>)/g, '<a rel="noopener noreferrer"')
}
