/** `GET /api/v1/quality/catalogue`: what reports are built from, for forms and help. */
export type WireCatalogue = {
  readonly subjects: readonly WireSubjectType[]
  readonly metrics: readonly WireMetricType[]
  readonly sources: readonly WireSourceType[]
  /** days by status that a report gives where it says nothing else */
  readonly responseTimes: Readonly<Record<string, number>>
}

export type WireSubjectType = {
  readonly key: string
  readonly name: string
  readonly description: string
  /** metrics that are offered first */
  readonly metrics: readonly string[]
  /** key of the wider type; null at the top */
  readonly parent: string | null
}

export type WireMetricType = {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly rationale: string
  readonly scales: readonly string[]
  readonly unit: string
  readonly unitSingular: string
  readonly direction: '<' | '>'
  readonly target: string
  readonly nearTarget: string
  readonly evaluateTargets: boolean
  readonly tags: readonly string[]
  readonly sources: readonly string[]
}

export type WireSourceType = {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly homePage: string
  readonly metrics: readonly string[]
  /** metrics that it is read for */
  readonly readMetrics: readonly string[]
  readonly parameters: readonly WireParameter[]
}

export type WireParameter = {
  readonly key: string
  readonly name: string
  readonly kind:
    | 'date'
    | 'integer'
    | 'multiple_choice_with_defaults'
    | 'multiple_choice_without_defaults'
    | 'multiple_choice_with_addition'
    | 'password'
    | 'single_choice'
    | 'string'
    | 'url'
  /** where a source is and how one logs in, or what of it counts */
  readonly group: 'location' | 'filter'
  readonly mandatory: boolean
  readonly value: string | readonly string[]
  readonly unit: string | null
  /** choices; null where there are none */
  readonly values: readonly string[] | null
  /** metrics that use it; null for all of the source */
  readonly metrics: readonly string[] | null
}
