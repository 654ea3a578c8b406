import { sanitizeHtml } from './sanitize-html.ts'
import { type HtmlToken, sanitizedTokens } from './sanitized-tokens.ts'

/** Elements that begin on a line of their own. */
const BLOCKS = new Set([
  ...['p', 'div', 'pre', 'blockquote', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'figure', 'figcaption'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'caption', 'tr', 'hr'],
])

/**
 * The readable text of foreign HTML, for mails, searches and spreadsheets: one line per block, bullets for list
 * items, tabs between table cells, addresses of links behind their words, alternative texts of images.
 *
 * @throws RefusedError `invalid-input` when the HTML is too long
 */
export function htmlToText(html: string): string {
  const links: string[] = []
  let text = ''
  for (const token of sanitizedTokens(sanitizeHtml(html, 'procedure').html)) text += textOf(token, links)
  return text
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/[^\S\t]+/g, ' ')
        .replace(/^ /, '')
        .trimEnd(),
    )
    .filter((line) => line !== '')
    .join('\n')
}

function textOf(token: HtmlToken, links: string[]): string {
  switch (token.kind) {
    case 'text':
      return token.text.replaceAll(/\s+/g, ' ')
    case 'open':
      return opening(token.tag, token.attributes, links)
    case 'close':
      return closing(token.tag, links)
  }
}

function opening(tag: string, attributes: ReadonlyMap<string, string>, links: string[]): string {
  if (tag === 'br') return '\n'
  if (tag === 'li') return '\n- '
  if (tag === 'img') return attributes.get('alt') ?? ''
  if (tag === 'a') links.push(attributes.get('href') ?? '')
  return BLOCKS.has(tag) ? '\n' : ''
}

function closing(tag: string, links: string[]): string {
  if (tag === 'td' || tag === 'th') return '\t'
  if (tag !== 'a') return BLOCKS.has(tag) ? '\n' : ''
  const address = links.pop()
  return address ? ` (${address})` : ''
}
