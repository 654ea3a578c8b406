import type { Vector } from './layout-node.ts'
import type { StatusToken } from './status-token.ts'

/** Print colours of the states: on white at least 4.5 : 1, apart for protan, deutan and tritan vision. */
export const STATUS_COLOUR: Readonly<Record<StatusToken, string>> = {
  ok: '#0b6b4f',
  warn: '#8f5600',
  act: '#b3261e',
  none: '#4b5563',
  todo: '#1f5f99',
  late: '#6b21a8',
  debt: '#4a4f9e',
  void: '#5b616b',
  unknown: '#5b616b',
}

/** Shapes are designed in a square of this side. */
const SIDE = 10

type Shape = (colour: string) => readonly Vector[]

const points = (...numbers: readonly number[]): { x: number; y: number }[] =>
  numbers.flatMap((x, index) => (index % 2 === 0 ? [{ x, y: numbers[index + 1] ?? 0 }] : []))

const disc = (colour: string): Vector => ({ type: 'ellipse', x: 5, y: 5, r1: 4.6, r2: 4.6, color: colour })
const ring = (colour: string): Vector => ({
  ...{ type: 'ellipse', x: 5, y: 5, r1: 4.1, r2: 4.1 },
  ...{ lineColor: colour, lineWidth: 1 },
})
const line = (colour: string, ...path: readonly number[]): Vector => ({
  ...{ type: 'polyline', points: points(...path), lineColor: colour, lineWidth: 1.2 },
  ...{ lineCap: 'round', lineJoin: 'round' },
})
const area = (colour: string, ...path: readonly number[]): Vector => ({
  ...{ type: 'polyline', points: points(...path), closePath: true, color: colour },
})
const dot = (colour: string, x: number, y: number): Vector => ({
  type: 'ellipse',
  x,
  y,
  r1: 0.8,
  r2: 0.8,
  color: colour,
})

const WHITE = '#ffffff'

/** The nine shapes: told apart without colour, and on a bad photocopy. */
const SHAPES: Readonly<Record<StatusToken, Shape>> = {
  ok: (colour) => [disc(colour), line(WHITE, 2.8, 5.2, 4.4, 6.8, 7.3, 3.5)],
  warn: (colour) => [
    area(colour, 5, 0.4, 9.8, 9.4, 0.2, 9.4),
    line(WHITE, 5, 3.6, 5, 6.2),
    dot(WHITE, 5, 7.9),
  ],
  act: (colour) => [
    area(colour, 3.1, 0.4, 6.9, 0.4, 9.6, 3.1, 9.6, 6.9, 6.9, 9.6, 3.1, 9.6, 0.4, 6.9, 0.4, 3.1),
    line(WHITE, 3.3, 3.3, 6.7, 6.7),
    line(WHITE, 6.7, 3.3, 3.3, 6.7),
  ],
  none: (colour) => [ring(colour)],
  todo: (colour) => [ring(colour), line(colour, 5, 2.6, 5, 5.2, 6.9, 6.3)],
  late: (colour) => [disc(colour), line(WHITE, 5, 2.3, 5, 5.2, 7.1, 6.4)],
  debt: (colour) => [area(colour, 5, 0.3, 9, 1.7, 9, 5.2, 7.6, 7.9, 5, 9.8, 2.4, 7.9, 1, 5.2, 1, 1.7)],
  void: (colour) => [ring(colour), line(colour, 2.2, 7.8, 7.8, 2.2)],
  unknown: (colour) => [
    line(colour, 2.9, 3, 3.4, 1.6, 5, 0.9, 6.7, 1.6, 7.1, 3.1, 6.4, 4.3, 5.2, 5.2, 5, 6.6),
    dot(colour, 5, 9),
  ],
}

/** @param size side of the square in points */
export function statusShape(token: StatusToken, size: number): Vector[] {
  const scale = size / SIDE
  return SHAPES[token](STATUS_COLOUR[token]).map((vector) => scaled(vector, scale))
}

function scaled(vector: Vector, by: number): Vector {
  const pen = vector.lineWidth === undefined ? {} : { lineWidth: vector.lineWidth * by }
  switch (vector.type) {
    case 'ellipse':
      return { ...vector, ...pen, x: vector.x * by, y: vector.y * by, r1: vector.r1 * by, r2: vector.r2 * by }
    case 'polyline':
      return { ...vector, ...pen, points: vector.points.map(({ x, y }) => ({ x: x * by, y: y * by })) }
    case 'line':
      return {
        ...vector,
        ...pen,
        x1: vector.x1 * by,
        y1: vector.y1 * by,
        x2: vector.x2 * by,
        y2: vector.y2 * by,
      }
  }
}
