import { layOutText } from './lay-out-text.ts'
import type { LayoutNode } from './layout-node.ts'
import type { Spans } from './pdf-document.ts'
import { BODY_SIZE, MUTED, SMALL_SIZE } from './print-style.ts'
import { STATUS_COLOUR, statusShape } from './status-shape.ts'
import type { Status } from './status-token.ts'

type Look = { readonly fontSize?: number; readonly bold?: boolean; readonly width?: 'auto' | '*' }

/** Shape and word, never a colour alone. */
export function layOutStatus(status: Status, look: Look = {}, detail?: Spans): LayoutNode {
  const fontSize = look.fontSize ?? BODY_SIZE
  const word = layOutText(status.word, {
    fontSize,
    color: STATUS_COLOUR[status.token],
    ...(look.bold && { bold: true }),
    ...(status.token === 'void' && { decoration: 'lineThrough' }),
  })
  const words: LayoutNode = detail
    ? { stack: [word, layOutText(detail, { fontSize: SMALL_SIZE, color: MUTED })] }
    : word
  const size = fontSize * 0.95
  return {
    columns: [
      { width: size, canvas: statusShape(status.token, size), margin: [0, fontSize * 0.13, 0, 0] },
      { width: look.width ?? '*', ...words },
    ],
    columnGap: fontSize * 0.4,
  }
}
