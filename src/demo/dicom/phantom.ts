/** A cylinder along the table. */
export type Shape = {
  readonly xMm: number
  readonly yMm: number
  readonly radiusMm: number
  readonly value: number
}

export type Place = { readonly xMm: number; readonly yMm: number; readonly zMm: number }

/** What is outside of every cylinder: air. */
const AIR = -1000

/** The value at a place: that of the last cylinder around it. */
export function valueAt(shapes: readonly Shape[], { xMm, yMm }: Place): number {
  let value = AIR
  for (const shape of shapes) {
    const dx = xMm - shape.xMm
    const dy = yMm - shape.yMm
    if (dx * dx + dy * dy <= shape.radiusMm * shape.radiusMm) value = shape.value
  }
  return value
}

/** Cylinders with these values around the middle, at the same distance from it and from each other. */
export function circlesAt(distanceMm: number, values: readonly number[], radiusMm: number): readonly Shape[] {
  return values.map((value, index) => {
    const angle = (index / values.length) * 2 * Math.PI
    return { xMm: distanceMm * Math.cos(angle), yMm: distanceMm * Math.sin(angle), radiusMm, value }
  })
}
