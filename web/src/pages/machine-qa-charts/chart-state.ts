import type { Query } from '../../api/client.ts'
import type { SearchText } from '../../ui/search-text.ts'

export const CONTROL_KINDS = ['shewhart', 'cusum', 'ewma'] as const
export type ControlKind = (typeof CONTROL_KINDS)[number]

export const RULE_SETS = ['western-electric', 'nelson', 'westgard'] as const
export type RuleSetName = (typeof RULE_SETS)[number]

/** A chart as it stands in the address: whoever opens it sees the same. */
export interface ChartState {
  readonly units: readonly number[]
  readonly tests: readonly number[]
  readonly lists: readonly number[]
  readonly statuses: readonly number[]
  /** `YYYY-MM-DD`; empty for a year before the end */
  readonly from: string
  /** empty for today */
  readonly to: string
  readonly isRelative: boolean
  readonly isCombined: boolean
  readonly withInactive: boolean
  readonly withService: boolean
  readonly hidden: readonly string[]
  readonly control: ControlKind | undefined
  readonly rules: RuleSetName
  readonly size: number
  readonly baseline: number
  /** `unit-test` of the series whose control chart is shown */
  readonly controlOf: string
}

const WIDTH = 1200
const USUAL_BASELINE = 20

export function readChartState(search: SearchText): ChartState {
  return {
    units: idsOf(search.unit),
    tests: idsOf(search.test),
    lists: idsOf(search.list),
    statuses: idsOf(search.status),
    from: dayOf(search.from),
    to: dayOf(search.to),
    isRelative: search.relative === 'true',
    isCombined: search.combine !== 'false',
    withInactive: search.inactive === 'true',
    withService: search.service !== 'false',
    hidden: (search.hide ?? '').split(',').filter(Boolean),
    control: CONTROL_KINDS.find((kind) => kind === search.control),
    rules: RULE_SETS.find((rules) => rules === search.rules) ?? 'western-electric',
    size: within(search.size, 1, 99) ?? 1,
    baseline: within(search.baseline, 2, 10_000) ?? USUAL_BASELINE,
    controlOf: search.of ?? '',
  }
}

function idsOf(text: string | undefined): readonly number[] {
  return (text ?? '')
    .split(',')
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0)
}

function dayOf(text: string | undefined): string {
  return /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? (text ?? '') : ''
}

function within(text: string | undefined, least: number, most: number): number | undefined {
  const value = Number(text)
  return text !== undefined && Number.isInteger(value) && value >= least && value <= most ? value : undefined
}

/** Ids as they stand in the address; undefined for none. */
export function idsText(ids: readonly number[]): string | undefined {
  return ids.length === 0 ? undefined : ids.join(',')
}

/** What is asked of the server for the chart itself. */
export function dataQuery(state: ChartState): Query {
  return {
    unit: idsText(state.units),
    test: idsText(state.tests),
    ...commonQuery(state),
    combine: state.isCombined ? undefined : 'false',
    width: WIDTH,
  }
}

/** What is asked for the control chart of one test on one unit. */
export function controlQuery(state: ChartState, unit: number, test: number): Query {
  return {
    ...commonQuery(state),
    ...{ unit, test },
    kind: state.control,
    rules: state.rules,
    size: state.control === 'shewhart' ? state.size : undefined,
    baseline: state.baseline,
  }
}

function commonQuery(state: ChartState): Query {
  return {
    list: idsText(state.lists),
    status: idsText(state.statuses),
    from: state.from,
    to: state.to,
    relative: state.isRelative ? 'true' : undefined,
  }
}
