import type { IOptions } from 'sanitize-html'

/** `comment`: what people type below a result. `procedure`: instructions with tables and images, as test lists have. */
export type HtmlPolicy = 'comment' | 'procedure'

const COMMENT_TAGS = [
  'p',
  'br',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'sub',
  'sup',
  'code',
  'pre',
  'blockquote',
]
const LIST_TAGS = ['ul', 'ol', 'li', 'a']
const PROCEDURE_TAGS = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'div', 'span', 'small', 'mark', 'del', 'ins', 'kbd'],
  ...['dl', 'dt', 'dd', 'figure', 'figcaption', 'img'],
  ...['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
]

const LENGTH = [/^\d{1,4}(\.\d{1,3})?(px|em|rem|pt|%)$/, /^auto$/]
const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]{5,30}\)$/i, /^[a-z]{3,20}$/i]

/** Styles without addresses, positions or layers: nothing that could fetch, cover or hide the page around. */
const PROCEDURE_STYLES = {
  color: COLOUR,
  'background-color': COLOUR,
  'text-align': [/^(left|right|center|justify)$/],
  'font-weight': [/^(normal|bold|[1-9]00)$/],
  'font-style': [/^(normal|italic)$/],
  'text-decoration': [/^(none|underline|line-through)$/],
  width: LENGTH,
  height: LENGTH,
}

const LINK_SCHEMES = ['http', 'https', 'mailto', 'tel']

const COMMON = {
  allowedSchemes: LINK_SCHEMES,
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  // Their content is not text for readers.
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
  enforceHtmlBoundary: false,
  nestingLimit: 50,
  parser: { lowerCaseTags: true },
} satisfies IOptions

export const POLICY_OPTIONS: Readonly<Record<HtmlPolicy, IOptions>> = {
  comment: {
    ...COMMON,
    allowedTags: [...COMMENT_TAGS, ...LIST_TAGS],
    allowedAttributes: { a: ['href', 'title'] },
  },
  procedure: {
    ...COMMON,
    allowedTags: [...COMMENT_TAGS, ...LIST_TAGS, ...PROCEDURE_TAGS],
    allowedAttributes: {
      '*': ['title', 'align', 'valign', 'style', 'lang', 'dir'],
      a: ['href'],
      img: ['src', 'alt', 'width', 'height'],
      table: ['border', 'cellpadding', 'cellspacing', 'width'],
      col: ['span', 'width'],
      th: ['colspan', 'rowspan', 'scope', 'width'],
      td: ['colspan', 'rowspan', 'width'],
      ol: ['start', 'type'],
    },
    allowedStyles: { '*': PROCEDURE_STYLES },
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !isShowableImage(attribs.src),
  },
}

/** An image without source, or embedded in a format that is not a plain bitmap, is removed whole. */
function isShowableImage(source: string | undefined): boolean {
  if (!source) return false
  return !/^\s*data:/i.test(source) || /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=\s]*$/i.test(source)
}
