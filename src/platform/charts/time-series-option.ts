import type { EChartsOption, LineSeriesOption } from 'echarts'
import { offsetAt } from '../../core/calendar.ts'
import { BAND_FILL, CHART_COLOURS, LIMIT_STYLE, seriesStyle } from './chart-theme.ts'
import { type TimePoint, thinMinMax } from './thin-min-max.ts'
import { timeLabels } from './time-label.ts'
import type { Band, ChartSize, Series, TimeSeriesChart } from './time-series-chart.ts'
import { valueRange } from './value-range.ts'

/** Beyond one mark every six pixels marks would only thicken the line. */
const PIXELS_PER_MARK = 6

/** What ECharts is to draw: light, without motion, every time as local wall time in the zone of the chart. */
export function timeSeriesOption(chart: TimeSeriesChart, size: ChartSize): EChartsOption {
  const local = (atMs: number): number => atMs + offsetAt(atMs, chart.zone)
  const [start, end] = timeAxisEnds(chart).map(local)
  const range = valueRange(chart)
  const series = chart.series.map((one, index) => drawnSeries(one, index, local, size, hasGivenEnds(chart)))
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: 'Inter', fontSize: 10, color: CHART_COLOURS.text },
    legend: {
      show: chart.series.length > 1,
      top: 0,
      itemWidth: 22,
      itemHeight: 8,
      textStyle: { fontSize: 10 },
    },
    grid: { left: 8, right: 14, top: topSpace(chart), bottom: 4, containLabel: true },
    useUTC: true,
    xAxis: {
      type: 'time',
      ...(start !== undefined && { min: start }),
      ...(end !== undefined && { max: end }),
      axisLine: { lineStyle: { color: CHART_COLOURS.axis } },
      axisLabel: {
        hideOverlap: true,
        fontSize: 10,
        formatter: timeLabels((end ?? 0) - (start ?? 0), chart.locale),
      },
      splitNumber: Math.max(2, Math.floor(size.width / 90)),
    },
    yAxis: {
      type: 'value',
      min: range.lowest,
      max: range.highest,
      name: chart.unit ?? '',
      nameTextStyle: { align: 'left', fontSize: 10 },
      splitLine: { lineStyle: { color: CHART_COLOURS.faint } },
      axisLabel: { fontSize: 10, showMinLabel: false, showMaxLabel: false },
      splitNumber: Math.max(2, Math.floor(size.height / 40)),
    },
    series: [backdrop(chart, local), ...referenceSeries(chart, local), ...series],
  }
}

/** Only then can something lie outside of the axes; clipping costs a transparency mask per line in a PDF. */
function hasGivenEnds({ from, to, lowest, highest }: TimeSeriesChart): boolean {
  return [from, to, lowest, highest].some((end) => end !== undefined)
}

/** Room for the legend, the numbers of events and the unit. */
function topSpace(chart: TimeSeriesChart): number {
  const legend = chart.series.length > 1 ? 20 : 0
  return legend + (chart.unit || chart.events?.length ? 20 : 8)
}

function timeAxisEnds(chart: TimeSeriesChart): readonly number[] {
  const ends = chart.series.flatMap(({ points }) => [points[0]?.[0], points.at(-1)?.[0]])
  const known = ends.filter((atMs) => atMs !== undefined)
  const from = chart.from?.getTime() ?? Math.min(...known)
  const to = chart.to?.getTime() ?? Math.max(...known)
  return Number.isFinite(from) && Number.isFinite(to) ? [from, to] : []
}

type ToLocal = (atMs: number) => number

function drawnSeries(
  series: Series,
  index: number,
  local: ToLocal,
  size: ChartSize,
  clip: boolean,
): LineSeriesOption {
  const { colour, symbol, dash } = seriesStyle(index)
  const points = thinMinMax(series.points.map(withoutNonsense), size.width)
  const asMarks = series.drawAs === 'points'
  return {
    type: 'line',
    name: series.name,
    data: points.map(([atMs, value]) => [local(atMs), value]),
    ...(series.drawAs === 'step' && { step: 'end' }),
    showSymbol: asMarks || points.length < size.width / PIXELS_PER_MARK,
    symbol,
    symbolSize: 5,
    lineStyle: asMarks ? { width: 0 } : { width: 1.25, color: colour, type: dash },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    connectNulls: false,
    clip,
    z: 3,
  }
}

/** A NaN or an infinity of a damaged source is a gap, never a drawing without end. */
function withoutNonsense(point: TimePoint): TimePoint {
  return point[1] === null || Number.isFinite(point[1]) ? point : [point[0], null]
}

/** An empty series that carries bands, events and limits. */
function backdrop(chart: TimeSeriesChart, local: ToLocal): LineSeriesOption {
  return {
    type: 'line',
    data: [],
    silent: true,
    markArea: { silent: true, data: (chart.bands ?? []).map((band) => bandArea(band, local)) },
    markLine: {
      silent: true,
      symbol: 'none',
      data: [...eventLines(chart, local), ...limitLines(chart)],
    },
    z: 1,
  }
}

type AreaCorners = [
  { xAxis: number; yAxis?: number; itemStyle: { color: string } },
  { xAxis: number; yAxis?: number },
]

function bandArea(band: Band, local: ToLocal): AreaCorners {
  return [
    {
      xAxis: local(band.from.getTime()),
      ...(band.low !== undefined && { yAxis: band.low }),
      itemStyle: { color: BAND_FILL[band.level] },
    },
    { xAxis: local(band.to.getTime()), ...(band.high !== undefined && { yAxis: band.high }) },
  ]
}

type MarkLineItem = NonNullable<NonNullable<LineSeriesOption['markLine']>['data']>[number]

function eventLines(chart: TimeSeriesChart, local: ToLocal): readonly MarkLineItem[] {
  return (chart.events ?? []).map(({ at }, index) => ({
    xAxis: local(at.getTime()),
    lineStyle: { color: CHART_COLOURS.event, type: 'dotted', width: 1 },
    label: {
      formatter: String(index + 1),
      color: CHART_COLOURS.event,
      fontSize: 9,
      position: 'end',
      distance: 2,
    },
  }))
}

function limitLines(chart: TimeSeriesChart): readonly MarkLineItem[] {
  return (chart.limits ?? []).map(({ value, label, kind }) => ({
    yAxis: value,
    lineStyle: { color: LIMIT_STYLE[kind].colour, type: LIMIT_STYLE[kind].dash, width: 1 },
    label: { formatter: label, color: LIMIT_STYLE[kind].colour, fontSize: 9, position: 'insideEndTop' },
  }))
}

/** The reference as a thin step line up to the end of the axis. */
function referenceSeries(chart: TimeSeriesChart, local: ToLocal): readonly LineSeriesOption[] {
  const steps = chart.references ?? []
  const last = steps.at(-1)
  const end = timeAxisEnds(chart)[1]
  if (!last || end === undefined) return []
  const data = [...steps, { from: new Date(Math.max(end, last.from.getTime())), value: last.value }]
  return [
    {
      type: 'line',
      data: data.map(({ from, value }) => [local(from.getTime()), value]),
      step: 'end',
      clip: hasGivenEnds(chart),
      showSymbol: false,
      silent: true,
      lineStyle: { color: CHART_COLOURS.reference, width: 0.75 },
      emphasis: { disabled: true },
      z: 2,
    },
  ]
}
