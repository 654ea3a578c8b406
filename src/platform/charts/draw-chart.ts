import { createRequire } from 'node:module'
import type * as ECharts from 'echarts'
import { type ChartSize, requireDrawable, type TimeSeriesChart } from './time-series-chart.ts'
import { timeSeriesOption } from './time-series-option.ts'

/** Width of a text in pixels at a size in pixels; without a browser ECharts can only guess. */
export type MeasureText = (text: string, fontSizePx: number) => number

/**
 * Draws a time series as SVG text. Loads ECharts, which takes hundreds of milliseconds, and blocks its thread: for
 * workers only; everybody else asks the document builder.
 *
 * @throws RefusedError `invalid-input` beyond the limits of {@link requireDrawable}
 */
export function drawChart(chart: TimeSeriesChart, size: ChartSize, measure: MeasureText): string {
  requireDrawable(chart, size)
  const echarts = loadECharts(measure)
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    drawing.setOption(timeSeriesOption(chart, size))
    return drawing.renderToSVGString({ useViewBox: true })
  } finally {
    drawing.dispose()
  }
}

let loaded: typeof ECharts | undefined

/** The one-file build: its hundreds of modules, loaded singly, take three times as long. */
function loadECharts(measure: MeasureText): typeof ECharts {
  if (loaded) return loaded
  const echarts: typeof ECharts = createRequire(import.meta.url)('echarts')
  echarts.setPlatformAPI({
    measureText: (text: string, font?: string) => ({ width: measure(text, fontSizeOf(font)) }),
  })
  loaded = echarts
  return echarts
}

/** From a CSS font such as `normal 12px Inter`. */
function fontSizeOf(font: string | undefined): number {
  return Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12)
}
