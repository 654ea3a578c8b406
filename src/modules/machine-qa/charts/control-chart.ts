import { type Context, requirePermission } from '../../../context.ts'
import { type ControlLimits, meanOf, standardised } from '../../../core/control-charts/control-limits.ts'
import type { RuleSet } from '../../../core/control-charts/control-rules.data.ts'
import { findViolations } from '../../../core/control-charts/control-rules.ts'
import { cusumChart } from '../../../core/control-charts/cusum.ts'
import { ewmaChart } from '../../../core/control-charts/ewma.ts'
import {
  individualsChart,
  type ShewhartChart,
  subgroupChart,
  subgroupsOf,
} from '../../../core/control-charts/shewhart.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import {
  type ChartedTest,
  countChartPoints,
  findChartedTests,
  findChartPoints,
  findPlottedStatuses,
} from '../store/chart-points.ts'
import { findComparisons } from '../store/history.ts'
import type { ChartRequest } from './chart-data.ts'
import { type PlottedPoint, plottedPoints } from './chart-series.ts'

export const CONTROL_CHART_KINDS = ['shewhart', 'cusum', 'ewma'] as const
export type ControlChartKind = (typeof CONTROL_CHART_KINDS)[number]

export type ControlChartRequest = Pick<ChartRequest, 'listIds' | 'statusIds' | 'from' | 'to' | 'measure'> & {
  readonly unitId: number
  readonly testId: number
  readonly kind: ControlChartKind
  /** values in a subgroup, 1 to 99 */
  readonly size: number
  /** how many of the first subgroups set the limits, 2 or more */
  readonly baseline: number
  readonly rules: RuleSet
}

/** One drawing of a control chart: lines over the same instants, and limits that hold for all of it. */
export type ControlPanel = {
  readonly title: string
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[]
  readonly limits: ControlLimits
}

export type ControlSignal = {
  readonly index: number
  readonly rule: string
  readonly words: string
  readonly severity: 'warning' | 'rejection'
}

export type ControlChart = {
  readonly subject: ChartedTest
  /** what each place of the lines stands for: the last result of its subgroup */
  readonly points: readonly Pick<PlottedPoint, 'at' | 'sessionId'>[]
  /** none where there are too few results for the baseline */
  readonly panels: readonly ControlPanel[]
  readonly signals: readonly ControlSignal[]
  /** results there are, and how many the baseline needs */
  readonly available: number
  readonly needed: number
}

/** More are no chart that anybody reads, and would hold up others. */
const MOST_VALUES = 20_000

/**
 * The control chart of a test on a unit. Limits come from the first subgroups, with the mean range as
 * `subgroupChart` takes it for machine QA; CUSUM and EWMA watch individual values around the same centre.
 *
 * @throws RefusedError `not-found` for a test that the unit does not have, `invalid-input` on `size`, `baseline` or `from`
 */
export async function controlChart(ctx: Context, request: ControlChartRequest): Promise<ControlChart> {
  requirePermission(ctx, 'machine-qa.session.view-charts')
  const { size, baseline, kind } = request
  requireWithin('size', size, 1, 99)
  requireWithin('baseline', baseline, 2, 10_000)
  const { subject, points } = await readPoints(ctx, request)
  const values = points.map(({ value }) => value)
  const shewhart =
    kind === 'shewhart'
      ? subgroupChart(values, { size, baseline, rangeMean: 'pawlicki' })
      : individualsChart(values, baseline)
  const needed = (kind === 'shewhart' ? size : 1) * baseline
  const common = { subject, available: points.length, needed }
  if (!shewhart) return { ...common, points, panels: [], signals: [] }
  switch (kind) {
    case 'shewhart':
      return {
        ...common,
        points: lastOfGroups(points, size),
        ...shewhartPanels(shewhart, size, request.rules),
      }
    case 'cusum':
      return { ...common, points, ...cusumPanels(values, shewhart.limits) }
    case 'ewma':
      return { ...common, points, ...ewmaPanels(values, shewhart.limits) }
  }
}

function requireWithin(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalidInput(field, `This must be a whole number from ${least} to ${most}.`)
}

async function readPoints(
  ctx: Context,
  { unitId, testId, listIds, statusIds, from, to, measure }: ControlChartRequest,
): Promise<{ readonly subject: ChartedTest; readonly points: readonly PlottedPoint[] }> {
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const [subject] = await findChartedTests(db, { unitIds: [unitId], testIds: [testId] })
  if (!subject) throw new RefusedError({ kind: 'not-found', what: 'test on a unit', id: testId })
  const ids = [subject.infoId]
  const count = (await countChartPoints(db, ids, { from, to })).get(subject.infoId) ?? 0
  if (count > MOST_VALUES) throw invalidInput('from', `These are ${count} results. Choose a shorter time.`)
  const shown = statusIds ?? (await findPlottedStatuses(db))
  const filter = { from, to, statusIds: shown, ...(listIds ? { listIds } : {}) }
  const rows = await findChartPoints(db, ids, filter)
  const comparisons = measure === 'relative' ? await findComparisons(db, rows) : NO_COMPARISONS
  return { subject, points: plottedPoints(subject, rows, comparisons, measure) }
}

const NO_COMPARISONS = { references: new Map(), tolerances: new Map() }

function lastOfGroups(points: readonly PlottedPoint[], size: number): readonly PlottedPoint[] {
  const places = subgroupsOf(
    points.map((_, index) => index),
    size,
  )
  return places.flatMap((group) => points[group.at(-1) ?? 0] ?? [])
}

type Panels = Pick<ControlChart, 'panels' | 'signals'>

function shewhartPanels(chart: ShewhartChart, size: number, rules: RuleSet): Panels {
  const violations = findViolations(standardised(chart.values, chart.limits), rules)
  // the first value has no moving range; the centre stands for it, so that all lines have as many values
  const ranges = size === 1 ? [chart.rangeLimits.centre, ...chart.ranges] : chart.ranges
  return {
    panels: [
      {
        title: size === 1 ? 'Values' : `Means of ${size}`,
        lines: [{ name: size === 1 ? 'Value' : 'Mean', values: chart.values }],
        limits: chart.limits,
      },
      {
        title: size === 1 ? 'Moving ranges' : `Ranges of ${size}`,
        lines: [{ name: 'Range', values: ranges }],
        limits: chart.rangeLimits,
      },
    ],
    signals: violations.map(({ at, rule }) => ({
      index: at,
      rule: rule.name,
      words: rule.words,
      severity: rule.severity,
    })),
  }
}

function cusumPanels(values: readonly number[], { centre, sigma }: ControlLimits): Panels {
  const chart = cusumChart(values, { target: centre, sigma })
  return {
    panels: [
      {
        title: 'Cumulative sums',
        lines: [
          { name: 'Above', values: chart.high },
          { name: 'Below', values: chart.low.map((sum) => -sum) },
        ],
        limits: { centre: 0, sigma, lower: -chart.decision, upper: chart.decision },
      },
    ],
    signals: chart.signals.map(({ index, side }) => ({
      index,
      rule: 'CUSUM',
      words: `the sum ${side === 'high' ? 'above' : 'below'} exceeds 5 s`,
      severity: 'rejection',
    })),
  }
}

function ewmaPanels(values: readonly number[], limits: ControlLimits): Panels {
  const chart = ewmaChart(values, { target: limits.centre, sigma: limits.sigma })
  const final = {
    ...limits,
    sigma: limits.sigma * Math.sqrt(0.2 / 1.8),
    lower: chart.lower.at(-1) ?? limits.lower,
    upper: chart.upper.at(-1) ?? limits.upper,
  }
  return {
    panels: [
      {
        title: 'Weighted averages',
        lines: [
          { name: 'Average', values: chart.averages },
          { name: 'Lower limit', values: chart.lower },
          { name: 'Upper limit', values: chart.upper },
        ],
        limits: { ...final, centre: meanOf([final.lower, final.upper]) },
      },
    ],
    signals: chart.signals.map(({ index, side }) => ({
      index,
      rule: 'EWMA',
      words: `the average lies ${side === 'high' ? 'above' : 'below'} its limit`,
      severity: 'rejection',
    })),
  }
}
