import type { TextNode, TextStyle } from './layout-node.ts'
import type { Cell, Span, Spans } from './pdf-document.ts'
import { LINK, MUTED } from './print-style.ts'
import { textRuns } from './text-runs.ts'

type Inline = TextStyle & { readonly text: string }

/** Longer words (identifiers, hashes, addresses) may be broken anywhere: they would push a table off the page. */
const LONG_WORD = /(\S{25,})/

/** Text in one style, with fonts chosen per character. */
export function layOutText(spans: Spans, style: TextStyle = {}): TextNode {
  const list = typeof spans === 'string' ? [spans] : spans
  return { text: list.flatMap(inlines), ...style }
}

function inlines(span: Span): readonly Inline[] {
  if (typeof span === 'string') return breakable(span, 'Inter', {})
  return breakable(span.text, span.mono ? 'Mono' : 'Inter', spanStyle(span))
}

function spanStyle(span: Exclude<Span, string>): TextStyle {
  const link = span.link !== undefined && /^(https?|mailto):/i.test(span.link) ? span.link : undefined
  const decoration = decorationOf(span, link)
  return {
    ...(span.bold && { bold: true }),
    ...(span.italic && { italics: true }),
    ...(span.sub && { sub: true }),
    ...(span.sup && { sup: true }),
    ...(span.muted && { color: MUTED }),
    ...(link !== undefined && { link, color: LINK }),
    ...(decoration && { decoration }),
  }
}

function decorationOf(span: Exclude<Span, string>, link: string | undefined): TextStyle['decoration'] {
  if (span.strike) return 'lineThrough'
  return span.underline || link !== undefined ? 'underline' : undefined
}

function breakable(text: string, family: 'Inter' | 'Mono', style: TextStyle): readonly Inline[] {
  return textRuns(text, family).flatMap((run) => {
    const runStyle: TextStyle = run.font === 'Inter' ? style : { ...style, font: run.font }
    if (!LONG_WORD.test(run.text)) return [{ text: run.text, ...runStyle }]
    return run.text
      .split(LONG_WORD)
      .filter((part) => part !== '')
      .map(
        (part): Inline => ({
          text: part,
          ...runStyle,
          ...(part.length >= 25 && LONG_WORD.test(part) && { wordBreak: 'break-all' }),
        }),
      )
  })
}

/** The plain text of spans, for bookmarks and for estimating lengths. */
export function plainText(spans: Spans): string {
  if (typeof spans === 'string') return spans
  return spans.map((span) => (typeof span === 'string' ? span : span.text)).join('')
}

export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string' || !('status' in cell)) return plainText(cell)
  return `${cell.status.word} ${cell.detail ?? ''}`
}
