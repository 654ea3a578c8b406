import type {
  WireChartData,
  WireChartPoint,
  WireChartSeries,
  WireChartStep,
  WireControlChart,
} from '../../../../src/dialects/native/machine-qa/charts.schema.ts'
import { PASS_FAIL } from '../../api/machine-qa/words.ts'
import type { ChartBand, ChartEvent, ChartModel, ChartPoint, ChartSeries } from '../../ui/chart-model.ts'
import { formatNumber } from '../../ui/number-text.ts'

interface Options {
  readonly isRelative: boolean
  readonly withService: boolean
}

/** Key of a series in the address. */
export function seriesId({ unit, test, list }: Pick<WireChartSeries, 'unit' | 'test' | 'list'>): string {
  return [unit.id, test.id, ...(list === null ? [] : [list.id])].join('-')
}

/** The data of the server as the chart draws it: bands, reference steps, marks and points that lead to sessions. */
export function modelOf(data: WireChartData, options: Options): ChartModel {
  return {
    series: data.series.map((series) => seriesOf(series, data.people, options)),
    events: [
      ...data.referenceChanges.map((change) => referenceEvent(change, data.series)),
      ...(options.withService ? data.serviceEvents.map((event) => serviceEvent(event, data.series)) : []),
    ].toSorted((one, other) => one.at - other.at),
  }
}

/** `Unit - List :: Test`, as people who chart QA write it. */
export function seriesName({ unit, test, list }: WireChartSeries, isRelative: boolean): string {
  const place = list === null ? unit.name : `${unit.name} - ${list.name}`
  return `${place} :: ${test.name}${isRelative ? ' (relative to ref)' : ''}`
}

function seriesOf(
  series: WireChartSeries,
  people: WireChartData['people'],
  { isRelative }: Options,
): ChartSeries {
  const bands = series.steps.map(bandOf)
  const references = series.steps.flatMap(({ from, reference }) =>
    reference === null ? [] : [{ from, value: reference }],
  )
  let step = 0
  const points = series.points.map((point): ChartPoint => {
    while ((series.steps[step + 1]?.from ?? Number.POSITIVE_INFINITY) <= point.at) step += 1
    const reference = isRelative ? null : (series.steps[step]?.reference ?? null)
    return pointOf(point, series, reference, people)
  })
  return {
    id: seriesId(series),
    name: seriesName(series, isRelative),
    points,
    ...(bands.length === 0 ? {} : { bands }),
    ...(references.length === 0 ? {} : { references }),
  }
}

function pointOf(
  { at, value, sessionId, passFail, personId, comment }: WireChartPoint,
  { test }: WireChartSeries,
  reference: number | null,
  people: WireChartData['people'],
): ChartPoint {
  const person = personId === null ? undefined : people[personId]
  const difference = differenceOf(value, test, reference)
  return {
    ...{ at, value },
    status: PASS_FAIL[passFail].token,
    ...(difference === undefined ? {} : { difference }),
    ...(person === undefined ? {} : { person }),
    ...(comment === undefined ? {} : { comment }),
    to: `/machine-qa/sessions/${sessionId}`,
  }
}

/** The word of a choice or of a yes, the difference from the reference of a number. */
function differenceOf(
  value: number,
  { type, choices }: WireChartSeries['test'],
  reference: number | null,
): string | undefined {
  if (type === 'multchoice') return choices[value - 1]
  if (type === 'boolean') return value === 1 ? 'Yes' : 'No'
  if (reference === null) return undefined
  return formatNumber(Number((value - reference).toPrecision(4)), { signed: true })
}

function bandOf({ from, limits }: WireChartStep): ChartBand {
  const given = Object.entries(limits ?? {}).filter(([, limit]) => limit !== null)
  return { from, ...Object.fromEntries(given) }
}

function referenceEvent(
  { at, by, comment, before, unitTestInfoId }: WireChartData['referenceChanges'][number],
  series: readonly WireChartSeries[],
): ChartEvent {
  const of = series.find((one) => one.unitTestInfoId === unitTestInfoId)
  const subject = of === undefined ? '' : `${of.unit.name}, ${of.test.name}: `
  return {
    at,
    token: 'debt',
    label: 'Reference or tolerance changed',
    detail: [`${subject}was ${before || 'nothing'}`, by ?? '', comment].filter(Boolean).join(' · '),
    to: `/machine-qa/tests/${unitTestInfoId}`,
  }
}

function serviceEvent(
  { id, at, type, status, problem, unitId }: WireChartData['serviceEvents'][number],
  series: readonly WireChartSeries[],
): ChartEvent {
  const unit = series.find((one) => one.unit.id === unitId)?.unit.name ?? ''
  return {
    at,
    token: 'todo',
    label: `${unit}: service (${type})`,
    detail: [status, problem].filter(Boolean).join(' · '),
    to: `/machine-qa/service/${id}`,
  }
}

/** One drawing of a control chart; a point that breaks a rule carries its status and the rules as comment. */
export function panelModel(chart: WireControlChart, place: number): ChartModel {
  const panel = chart.panels[place]
  if (panel === undefined) return { series: [] }
  const { centre, lower, upper } = panel.limits
  const signals = new Map(place === 0 ? Map.groupBy(chart.signals, ({ index }) => index) : [])
  return {
    series: panel.lines.map((line, index) => ({
      id: line.name,
      name: line.name,
      points: chart.points.flatMap(({ at, sessionId }, position): ChartPoint[] => {
        const value = line.values[position]
        const broken = index === 0 ? (signals.get(position) ?? []) : []
        const to = `/machine-qa/sessions/${sessionId}`
        return value === undefined ? [] : [{ ...{ at, value, to }, ...lookOf(broken) }]
      }),
      ...(index === 0 ? { control: { mean: centre, lower, upper } } : {}),
    })),
  }
}

function lookOf(broken: WireControlChart['signals']): Pick<ChartPoint, 'status' | 'comment'> {
  if (broken.length === 0) return {}
  const isRejected = broken.some(({ severity }) => severity === 'rejection')
  return { status: isRejected ? 'act' : 'warn', comment: broken.map(({ rule }) => rule).join(', ') }
}
