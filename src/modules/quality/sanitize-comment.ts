import sanitizeHtml from 'sanitize-html'
import { invalidInput } from '../../core/refusal.ts'

const LONGEST = 100_000

const TAGS = [
  ...[
    'a',
    'abbr',
    'b',
    'big',
    'blockquote',
    'br',
    'cite',
    'code',
    'dd',
    'del',
    'div',
    'dl',
    'dt',
    'em',
    'hr',
    'i',
  ],
  ...[
    'ins',
    'kbd',
    'li',
    'mark',
    'ol',
    'p',
    'pre',
    'q',
    's',
    'small',
    'span',
    'strong',
    'sub',
    'sup',
    'u',
    'ul',
  ],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
]

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: {
    a: ['href', 'target', 'title'],
    '*': ['title', 'lang', 'dir'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'template',
    'title',
    'iframe',
    'object',
    'svg',
    'math',
  ],
  nestingLimit: 50,
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: attribs.href && !attribs.target ? { ...attribs, target: '_blank' } : attribs,
    }),
  },
}

/**
 * Reduces a comment to markup that cannot do harm, and makes links of bare web addresses. Plain text stays plain.
 *
 * @throws RefusedError `invalid-input` for one that is far too long
 */
export function sanitizeComment(html: string): string {
  if (html.length > LONGEST) throw invalidInput('comment', `This may have ${LONGEST} characters at most.`)
  return linkAddresses(sanitizeHtml(html, OPTIONS))
}

/** The sanitiser writes `>` in attributes as an entity, so that tags end where they seem to. */
function linkAddresses(html: string): string {
  let depth = 0
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      if (/^<a[\s>]/.test(part)) depth += 1
      else if (part === '</a>') depth -= 1
      else if (depth === 0 && !part.startsWith('<')) return part.replaceAll(ADDRESS, linkTo)
      // the address was taken out
      return part === '<a target="_blank">' ? '<a>' : part
    })
    .join('')
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/g

function linkTo(found: string): string {
  // a sentence's own punctuation is no part of the address
  const address = found.replace(/(?:&(?:quot|gt|lt|#39);?|[.,;:!?)\]])+$/, '')
  return `<a href="${address}" target="_blank">${address}</a>${found.slice(address.length)}`
}
