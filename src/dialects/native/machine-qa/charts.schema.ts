import type { WirePassFail, WireTestType } from './performing.schema.ts'
import type { WireNamed } from './work.schema.ts'

/** What the pages of charts exchange with the server. Instants are milliseconds since 1970: there are thousands. */

/** `GET /api/v1/machine-qa/charts/choices` */
export type WireChartChoices = {
  readonly lists: readonly (WireNamed & { readonly testIds: readonly number[] })[]
  readonly tests: readonly (WireNamed & { readonly type: WireTestType; readonly category: string })[]
  readonly statuses: readonly (WireNamed & {
    /** shown unless others are chosen */
    readonly plotted: boolean
  })[]
}

/** Limits that hold from an instant on; null where there is none. */
export type WireChartStep = {
  readonly from: number
  readonly reference: number | null
  readonly limits: {
    readonly actLow: number | null
    readonly tolLow: number | null
    readonly tolHigh: number | null
    readonly actHigh: number | null
  } | null
}

export type WireChartPoint = {
  readonly at: number
  readonly value: number
  readonly sessionId: number
  readonly passFail: WirePassFail
  readonly statusId: number
  readonly personId: number | null
  readonly comment?: string
}

export type WireChartSeries = {
  readonly unit: WireNamed & { readonly number: number }
  readonly test: WireNamed & { readonly type: WireTestType; readonly choices: readonly string[] }
  readonly unitTestInfoId: number
  readonly list: WireNamed | null
  readonly points: readonly WireChartPoint[]
  /** before thinning */
  readonly total: number
  readonly steps: readonly WireChartStep[]
}

/** `GET /api/v1/machine-qa/charts` */
export type WireChartData = {
  readonly series: readonly WireChartSeries[]
  readonly referenceChanges: readonly {
    readonly unitTestInfoId: number
    readonly at: number
    readonly by: string | null
    readonly comment: string
    readonly before: string
  }[]
  readonly serviceEvents: readonly {
    readonly id: number
    readonly unitId: number
    readonly at: number
    readonly type: string
    readonly status: string
    readonly problem: string
  }[]
  /** names by user id */
  readonly people: Readonly<Record<string, string>>
}

export type WireControlLimits = { readonly centre: number; readonly lower: number; readonly upper: number }

/** `GET /api/v1/machine-qa/charts/control` */
export type WireControlChart = {
  readonly unit: WireNamed
  readonly test: WireNamed
  readonly points: readonly { readonly at: number; readonly sessionId: number }[]
  /** empty where there are too few results */
  readonly panels: readonly {
    readonly title: string
    readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[]
    readonly limits: WireControlLimits
  }[]
  readonly signals: readonly {
    /** place in the points */
    readonly index: number
    readonly rule: string
    readonly words: string
    readonly severity: 'warning' | 'rejection'
  }[]
  readonly available: number
  readonly needed: number
}
