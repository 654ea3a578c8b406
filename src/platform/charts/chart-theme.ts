import type { BandLevel, LimitLine } from './time-series-chart.ts'

/** Print colours: dark enough on white paper, apart for protan, deutan and tritan vision, legible in grey. */
export const CHART_COLOURS = {
  text: '#374151',
  faint: '#e5e7eb',
  axis: '#9ca3af',
  reference: '#111827',
  event: '#6b21a8',
} as const

export const BAND_FILL: Readonly<Record<BandLevel, string>> = {
  ok: '#d7efe6',
  warn: '#fdf0cf',
  act: '#f9dcd9',
}

export const LIMIT_STYLE: Readonly<
  Record<LimitLine['kind'], { colour: string; dash: 'solid' | 'dashed' | 'dotted' }>
> = {
  centre: { colour: '#374151', dash: 'solid' },
  warning: { colour: '#b45309', dash: 'dotted' },
  control: { colour: '#b3261e', dash: 'dashed' },
}

type SeriesStyle = {
  readonly colour: string
  readonly symbol: string
  readonly dash: 'solid' | 'dashed' | 'dotted'
}

const COLOURS = ['#0b6e8a', '#b45309', '#5b3fa0', '#2f7d32', '#a61e5d', '#4b5563', '#8a6d0b', '#1d4ed8']
const SYMBOLS = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'emptyCircle',
  'emptyRect',
  'emptyTriangle',
  'emptyDiamond',
]
const DASHES = ['solid', 'dashed', 'dotted'] as const

/** Colour, mark and dash differ together, so that no series is told apart by colour alone. */
export function seriesStyle(index: number): SeriesStyle {
  return {
    colour: COLOURS[index % COLOURS.length] ?? '',
    symbol: SYMBOLS[index % SYMBOLS.length] ?? '',
    dash: DASHES[Math.floor(index / COLOURS.length + index) % DASHES.length] ?? 'solid',
  }
}
