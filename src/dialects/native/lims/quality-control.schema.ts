export type WireControlVerdict = 'accepted' | 'warning' | 'rejected' | 'unjudged'

/** A rule of Westgard that a result completes. */
export type WireBrokenRule = {
  readonly analysisId: number
  readonly rule: string
  readonly words: string
  readonly severity: 'warning' | 'rejection'
}

/** A blank, a control or a duplicate on a worksheet, judged. */
export type WireJudgedControl = {
  readonly analysisId: number
  readonly kind: 'blank' | 'control' | 'duplicate'
  readonly keyword: string
  readonly position: number | null
  readonly result: string
  readonly verdict: WireControlVerdict
  readonly message: string | null
  readonly rules: readonly WireBrokenRule[]
}

export type WireJudgedControlList = { readonly items: readonly WireJudgedControl[] }

export type WireControlChartPoint = {
  readonly analysisId: number
  readonly at: string | null
  readonly value: number
  readonly verdict: WireControlVerdict
  readonly instrument: number | null
  readonly analyst: string | null
}

/** The results of reference material for one service, in the order of measuring; null where nothing is known. */
export type WireReferenceChart = {
  readonly unit: string | null
  readonly target: number | null
  readonly min: number | null
  readonly max: number | null
  readonly count: number
  readonly mean: number | null
  readonly deviation: number | null
  readonly violations: readonly WireBrokenRule[]
  readonly points: readonly WireControlChartPoint[]
}
