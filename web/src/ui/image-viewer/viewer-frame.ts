/** A window: which values are shown between black and white. */
export interface ViewerWindow {
  readonly center: number
  readonly width: number
}

export interface NamedWindow extends ViewerWindow {
  readonly label: string
}

export type Samples =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/** What is known of a frame before its pixels are there. */
export interface FrameFacts {
  readonly rows: number
  readonly columns: number
  /** Shown values are `stored × slope + intercept`. */
  readonly slope: number
  readonly intercept: number
  /** Of the shown values, such as `HU`. */
  readonly unit: string | null
  readonly bitsStored: number
  readonly isColor: boolean
  /** Low values are white. */
  readonly inverted: boolean
  /** Windows that the file offers, the first of them shown at once. */
  readonly windows: readonly NamedWindow[]
  /** A stored value that stands for no value at all. */
  readonly paddingValue: number | null
  /** Distance of rows and of columns. */
  readonly spacingMm: readonly [number, number] | null
  readonly frameTimeMs: number | null
}

/** Stored values of a grey frame, or RGB of a colour frame, row by row. */
export type FramePixels =
  | { readonly form: 'grey'; readonly samples: Samples }
  | { readonly form: 'rgb'; readonly samples: Uint8Array }

/** One picture of a stack. The same frame is the same object: its pixels are asked for once. */
export interface ViewerFrame {
  readonly facts: FrameFacts
  /** Where it comes from, in the words of the page: `Instance 3, frame 1`. */
  readonly label: string
  readonly load: () => Promise<FramePixels>
}

/** Values as they are shown and measured. Whole results of small integers stay as they are. */
export function shownValues(samples: Samples, { slope, intercept }: FrameFacts): Samples {
  if (slope === 1 && intercept === 0) return narrow(samples)
  return Float32Array.from(samples, (stored) => stored * slope + intercept)
}

/** What the graphics card takes. */
function narrow(samples: Samples): Samples {
  const isNarrow = samples.BYTES_PER_ELEMENT <= 2 || samples instanceof Float32Array
  return isNarrow ? samples : Float32Array.from(samples)
}

export interface ValueRange {
  readonly min: number
  readonly max: number
}

/** The smallest and largest value; padding and NaN are left out. */
export function rangeOf(values: Samples, padding: number | null): ValueRange {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value === padding) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return Number.isFinite(min) ? { min, max } : { min: 0, max: 1 }
}

/** The window that shows a range from end to end. */
export function windowOfRange({ min, max }: ValueRange): ViewerWindow {
  return { center: (min + max + 1) / 2, width: Math.max(1, max - min + 1) }
}

/** What is shown first: the file's own window, all of 8 bits, or what occurs in the frame. */
export function firstWindow(facts: FrameFacts, range: ValueRange): ViewerWindow {
  const [own] = facts.windows
  if (own !== undefined) return { center: own.center, width: own.width }
  const isPlainByte = facts.bitsStored <= 8 && facts.slope === 1 && facts.intercept === 0 && range.min >= 0
  return windowOfRange(isPlainByte ? { min: 0, max: 2 ** facts.bitsStored - 1 } : range)
}

const CT_WINDOWS: readonly NamedWindow[] = [
  { label: 'Soft tissue', center: 40, width: 400 },
  { label: 'Lung', center: -600, width: 1500 },
  { label: 'Bone', center: 480, width: 2500 },
  { label: 'Brain', center: 40, width: 80 },
  { label: 'Liver', center: 60, width: 160 },
]

/** The file's windows, the usual ones of CT, and the whole range. */
export function windowPresets(facts: FrameFacts, range: ValueRange | undefined): readonly NamedWindow[] {
  if (facts.isColor) return []
  const usual = facts.unit === 'HU' ? CT_WINDOWS : []
  const whole = range === undefined ? [] : [{ label: 'Whole range', ...windowOfRange(range) }]
  return [...facts.windows, ...usual, ...whole]
}
