import type { EChartsCoreOption } from 'echarts/core'
import type { StatusToken } from '../theme/tokens.ts'
import {
  type ChartBand,
  type ChartEvent,
  type ChartModel,
  type ChartSeries,
  timeSpan,
  valueSpan,
} from './chart-model.ts'
import { type ChartPalette, SERIES_DASH } from './chart-palette.ts'

export interface OptionInput {
  readonly model: ChartModel
  /** Series the reader sees, with their place in the palette. */
  readonly shown: readonly { readonly series: ChartSeries; readonly place: number }[]
  readonly palette: ChartPalette
  readonly showControl: boolean
}

const SYMBOL: Record<StatusToken, string> = {
  ok: 'circle',
  none: 'emptyCircle',
  warn: 'triangle',
  act: 'rect',
  todo: 'emptyCircle',
  late: 'diamond',
  debt: 'pin',
  void: 'emptyRect',
  unknown: 'emptyDiamond',
}

/** The chart as ECharts draws it. Bands and references belong to the first series shown: more would overlap. */
export function chartOption(input: OptionInput): EChartsCoreOption {
  const { model, shown, palette } = input
  const series = shown.map((one) => one.series)
  const [low, high] = valueSpan(series)
  const first = shown[0]
  const units = new Set(series.map(({ unit }) => unit))
  const axisLabel = { color: palette.dim, fontFamily: palette.font, fontSize: 12 }
  return {
    animation: false,
    textStyle: { fontFamily: palette.font },
    grid: {
      left: 8,
      right: 16,
      top: 28,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'line', snap: true, lineStyle: { color: palette.dim, width: 1, type: 'solid' } },
      confine: true,
      transitionDuration: 0,
      backgroundColor: palette.panel,
      borderColor: palette.line,
      padding: [8, 12],
      textStyle: { color: palette.text, fontSize: 13, fontFamily: palette.font },
    },
    // Drawn outside the canvas, yet it owns the brush that zooms.
    toolbox: { show: true, itemSize: 0, feature: { dataZoom: { yAxisIndex: 'none' } } },
    dataZoom: [{ type: 'inside', filterMode: 'none', zoomOnMouseWheel: true, moveOnMouseMove: false }],
    xAxis: {
      ...(model.along === undefined
        ? { type: 'time' }
        : { type: 'value', scale: true, name: model.along, nameLocation: 'middle', nameGap: 28 }),
      nameTextStyle: { color: palette.dim, fontFamily: palette.font, fontSize: 12 },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { ...axisLabel, hideOverlap: true },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: low,
      max: high,
      name: units.size === 1 ? [...units][0] : undefined,
      nameTextStyle: { color: palette.dim, fontFamily: palette.font, fontSize: 12, align: 'right' },
      axisLabel: { ...axisLabel, showMinLabel: false, showMaxLabel: false, formatter: axisNumber },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      ...(first === undefined ? [] : backgroundSeries(first.series, input)),
      ...shown.map(({ series: one, place }) => lineSeries(one, place, palette)),
      eventSeries(model.events ?? [], palette),
    ],
  }
}

function axisNumber(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−')
}

function lineSeries(series: ChartSeries, place: number, palette: ChartPalette): object {
  const colour = palette.series[place % palette.series.length] ?? palette.text
  const isDense = series.points.length > 400
  return {
    id: series.id,
    name: series.name,
    type: 'line',
    z: 5,
    showSymbol: true,
    showAllSymbol: !isDense,
    symbolSize: isDense ? 4 : 7,
    connectNulls: false,
    cursor: 'pointer',
    lineStyle: { color: colour, width: 1.4, type: dashOf(place) },
    itemStyle: { color: colour },
    emphasis: { scale: 1.6, lineStyle: { width: 1.4 } },
    data: series.points.map((point) => ({
      value: [point.at, point.value],
      ...pointLook(point.status, colour, palette),
    })),
  }
}

function dashOf(place: number): readonly number[] | 'solid' {
  const dash = SERIES_DASH[place % SERIES_DASH.length] ?? []
  return dash.length === 0 ? 'solid' : dash
}

/** Points within tolerance keep the colour of their series; the others show their status. */
function pointLook(status: StatusToken | undefined, colour: string, palette: ChartPalette): object {
  if (status === undefined || status === 'ok' || status === 'none') {
    return { symbol: status === 'none' ? SYMBOL.none : SYMBOL.ok, itemStyle: { color: colour } }
  }
  return { symbol: SYMBOL[status], symbolSize: 10, itemStyle: { color: palette.mark[status] } }
}

function backgroundSeries(series: ChartSeries, input: OptionInput): object[] {
  const { palette, showControl } = input
  const span = timeSpan([series])
  if (span === undefined) return []
  const references = series.references ?? []
  const steps = references.map(({ from, value }) => [Math.max(from, span[0]), value])
  const lastValue = references.at(-1)?.value
  return [
    {
      id: 'bands',
      type: 'line',
      silent: true,
      z: 1,
      data: [],
      markArea: { silent: true, data: bandAreas(series.bands ?? [], span[1], palette) },
      markLine: showControl && series.control ? controlLines(series.control, palette) : undefined,
    },
    {
      id: 'reference',
      name: 'Reference',
      type: 'line',
      step: 'end',
      silent: true,
      z: 3,
      showSymbol: false,
      lineStyle: { color: palette.dim, width: 1, type: [4, 3] },
      data: lastValue === undefined ? [] : [...steps, [span[1], lastValue]],
    },
  ]
}

function controlLines(control: NonNullable<ChartSeries['control']>, palette: ChartPalette): object {
  const line = (yAxis: number, type: string): object => ({
    yAxis,
    lineStyle: { color: palette.focus, type, width: 1 },
  })
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    data: [line(control.mean, 'solid'), line(control.lower, 'dashed'), line(control.upper, 'dashed')],
  }
}

/** Within tolerance, and between tolerance and action, from each change of the limits to the next. */
function bandAreas(bands: readonly ChartBand[], end: number, palette: ChartPalette): object[] {
  return bands.flatMap((band, index) => {
    const to = bands[index + 1]?.from ?? end
    const area = (low: number | undefined, high: number | undefined, token: StatusToken): object[] =>
      low === undefined || high === undefined
        ? []
        : [
            [
              { xAxis: band.from, yAxis: low, itemStyle: { color: palette.soft[token], opacity: 0.85 } },
              { xAxis: to, yAxis: high },
            ],
          ]
    return [
      ...area(band.tolLow, band.tolHigh, 'ok'),
      ...area(band.actLow, band.tolLow, 'warn'),
      ...area(band.tolHigh, band.actHigh, 'warn'),
    ]
  })
}

/** Events stand as lines with a mark on top, which carries the tooltip. */
function eventSeries(events: readonly ChartEvent[], palette: ChartPalette): object {
  return {
    id: 'events',
    type: 'line',
    z: 4,
    data: [],
    markLine: {
      tooltip: { trigger: 'item' },
      symbol: ['none', 'pin'],
      symbolSize: 14,
      symbolRotate: 180,
      label: { show: false },
      emphasis: { label: { show: false } },
      data: events.map((event) => ({
        name: event.label,
        xAxis: event.at,
        lineStyle: { color: palette.mark[event.token ?? 'none'], type: 'solid', width: 1 },
        itemStyle: { color: palette.mark[event.token ?? 'none'] },
      })),
    },
  }
}
