import type { HtmlPolicy } from '../html/html-policy.ts'
import { sanitizeHtml } from '../html/sanitize-html.ts'
import { type HtmlToken, sanitizedTokens } from '../html/sanitized-tokens.ts'
import type { Block, Span } from './pdf-document.ts'

type Mark = 'bold' | 'italic' | 'underline' | 'strike' | 'mono' | 'sub' | 'sup'

const MARK_OF: Readonly<Record<string, Mark>> = {
  ...{
    b: 'bold',
    strong: 'bold',
    th: 'bold',
    dt: 'bold',
    i: 'italic',
    em: 'italic',
    u: 'underline',
    ins: 'underline',
  },
  ...{ s: 'strike', del: 'strike', code: 'mono', kbd: 'mono', pre: 'mono', sub: 'sub', sup: 'sup' },
}

/** Elements that end the paragraph before them and begin one of their own. */
const PARAGRAPHS = new Set([
  ...[
    'p',
    'div',
    'pre',
    'blockquote',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
    'figure',
    'figcaption',
    'table',
    'caption',
    'tr',
  ],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr'],
])

type Reading = {
  readonly blocks: Block[]
  spans: Span[]
  readonly marks: Mark[]
  readonly links: string[]
  /** Open lists, the innermost last; each counts its items. */
  readonly lists: { ordered: boolean; count: number }[]
  heading: 1 | 2 | 3 | undefined
}

/**
 * Comments and interpretations written as HTML, as blocks of a document: paragraphs, headings, lists, emphasis, links.
 * Cells of a table follow one another on one line; pictures become their alternative texts.
 *
 * @throws RefusedError `invalid-input` when the HTML is too long
 */
export function blocksFromHtml(html: string, policy: HtmlPolicy = 'procedure'): readonly Block[] {
  const reading: Reading = { blocks: [], spans: [], marks: [], links: [], lists: [], heading: undefined }
  for (const token of sanitizedTokens(sanitizeHtml(html, policy).html)) read(reading, token)
  endParagraph(reading)
  return reading.blocks
}

function read(reading: Reading, token: HtmlToken): void {
  if (token.kind === 'text') addText(reading, token.text)
  else if (token.kind === 'open') open(reading, token.tag, token.attributes)
  else close(reading, token.tag)
}

function open(reading: Reading, tag: string, attributes: ReadonlyMap<string, string>): void {
  if (PARAGRAPHS.has(tag)) endParagraph(reading)
  const mark = MARK_OF[tag]
  if (mark) reading.marks.push(mark)
  if (tag === 'br') reading.spans.push('\n')
  else if (tag === 'img') addText(reading, attributes.get('alt') ?? '')
  else if (tag === 'a') reading.links.push(attributes.get('href') ?? '')
  else if (tag === 'ul' || tag === 'ol') reading.lists.push({ ordered: tag === 'ol', count: 0 })
  else if (tag === 'li') startItem(reading)
  else if (/^h[1-6]$/.test(tag)) reading.heading = tag === 'h1' || tag === 'h2' ? 2 : 3
}

function close(reading: Reading, tag: string): void {
  if (PARAGRAPHS.has(tag)) endParagraph(reading)
  if (MARK_OF[tag]) reading.marks.pop()
  if (tag === 'a') reading.links.pop()
  else if (tag === 'td' || tag === 'th') reading.spans.push('   ')
  else if (tag === 'ul' || tag === 'ol') reading.lists.pop()
}

/** Items are paragraphs with a bullet or a number, indented by their depth: lists may hold anything. */
function startItem(reading: Reading): void {
  const list = reading.lists.at(-1)
  if (!list) return
  list.count += 1
  const indent = '\u00a0'.repeat(4 * (reading.lists.length - 1))
  reading.spans.push(`${indent}${list.ordered ? `${list.count}.` : '•'}\u00a0\u00a0`)
}

function addText(reading: Reading, text: string): void {
  const shown = reading.marks.includes('mono') ? text : text.replaceAll(/\s+/g, ' ')
  if (shown === '' || (shown === ' ' && reading.spans.length === 0)) return
  const link = reading.links.at(-1)
  const marks = Object.fromEntries(reading.marks.map((mark) => [mark, true]))
  const plain = reading.marks.length === 0 && !link
  reading.spans.push(plain ? shown : { text: shown, ...marks, ...(link && { link }) })
}

function endParagraph(reading: Reading): void {
  const { spans, heading } = reading
  const text = spans.map((span) => (typeof span === 'string' ? span : span.text)).join('')
  if (text.trim() !== '') {
    reading.blocks.push(
      heading ? { kind: 'heading', level: heading, text: text.trim() } : { kind: 'text', text: spans },
    )
  }
  reading.spans = []
  reading.heading = undefined
}
