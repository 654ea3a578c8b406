import { describe, expect, it } from 'vitest'
import { STATUS_COLOUR, statusShape } from './status-shape.ts'
import type { StatusToken } from './status-token.ts'

const TOKENS: readonly StatusToken[] = [
  'ok',
  'warn',
  'act',
  'none',
  'todo',
  'late',
  'debt',
  'void',
  'unknown',
]

/** WCAG 2.2, definitions of relative luminance and contrast ratio. */
function contrastOnWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

describe('the shapes of states', () => {
  it('differ from one another without their colours', () => {
    const drawings = TOKENS.map((token) =>
      JSON.stringify(statusShape(token, 10)).replaceAll(STATUS_COLOUR[token], 'ink'),
    )
    expect(new Set(drawings).size).toBe(9)
  })

  it.each(TOKENS)('%s stays in its square at any size', (token) => {
    for (const vector of statusShape(token, 20)) {
      const reach =
        vector.type === 'ellipse'
          ? [vector.x - vector.r1, vector.y - vector.r2, vector.x + vector.r1, vector.y + vector.r2]
          : vector.type === 'polyline'
            ? vector.points.flatMap(({ x, y }) => [x, y])
            : [vector.x1, vector.y1, vector.x2, vector.y2]
      expect(Math.min(...reach)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...reach)).toBeLessThanOrEqual(20)
    }
  })

  it.each(TOKENS)('%s can be read on white paper', (token) => {
    expect(contrastOnWhite(STATUS_COLOUR[token])).toBeGreaterThanOrEqual(4.5)
  })
})
