export const SCALES = ['count', 'percentage', 'version_number'] as const
export type Scale = (typeof SCALES)[number]

/** `<` where less is better, `>` where more is */
export type Direction = '<' | '>'

/** How the values of several sources become one. */
export type Combination = 'sum' | 'min' | 'max'

/** A kind of measurement, with what a new metric of it starts from. */
export type MetricType = {
  readonly name: string
  readonly description: string
  readonly rationale: string
  /** the first is the default */
  readonly scales: readonly Scale[]
  readonly unit: string
  readonly unitSingular: string
  readonly combine: Combination
  readonly direction: Direction
  /** text, as on the wire; in percent for a percentage */
  readonly target: string
  readonly nearTarget: string
  /** false where the value only informs */
  readonly evaluateTargets: boolean
  readonly tags: readonly string[]
  /** keys of the sources that can supply it */
  readonly sources: readonly string[]
}

type Declared = Omit<MetricType, 'evaluateTargets'> & { readonly evaluateTargets?: boolean }

export function metricType(declared: Declared): MetricType {
  return { evaluateTargets: true, ...declared }
}
