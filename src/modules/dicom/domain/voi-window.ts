/** A window of PS3.3 C.11.2.1.2: `center` and `width` in the units of the Modality LUT's output. */
export type VoiWindow = {
  readonly center: number
  readonly width: number
  readonly function: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'
  readonly explanation?: string
}

/** Whether a window can be applied: LINEAR needs a width of at least 1, the others more than 0. */
export function isUsableWindow({ center, width, function: shape }: VoiWindow): boolean {
  return Number.isFinite(center) && Number.isFinite(width) && (shape === 'LINEAR' ? width >= 1 : width > 0)
}

/**
 * The display value, 0 to `max`, of a modality value under a window.
 *
 * @see DICOM PS3.3 C.11.2.1.2.1 (LINEAR), C.11.2.1.3.1 (SIGMOID), C.11.2.1.3.2 (LINEAR_EXACT)
 */
export function windowedValue(
  value: number,
  { center, width, function: shape }: VoiWindow,
  max: number,
): number {
  if (shape === 'SIGMOID') return max / (1 + Math.exp((-4 * (value - center)) / width))
  const exact = shape === 'LINEAR_EXACT'
  const middle = exact ? center : center - 0.5
  const span = exact ? width : width - 1
  if (value <= middle - span / 2) return 0
  if (value > middle + span / 2) return max
  return ((value - middle) / span + 0.5) * max
}
