import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { drawChart, type MeasureText } from './draw-chart.ts'
import type { TimePoint } from './thin-min-max.ts'
import { timeLabels } from './time-label.ts'
import type { TimeSeriesChart } from './time-series-chart.ts'
import { timeSeriesOption } from './time-series-option.ts'
import { valueRange } from './value-range.ts'

const SIZE = { width: 600, height: 240 }
const DAY_MS = 86_400_000
const START = Date.UTC(2024, 0, 1, 12)
const measure: MeasureText = (text, fontSizePx) => text.length * fontSizePx * 0.55
const at = (day: number): Date => new Date(START + day * DAY_MS)
const daily = (values: readonly (number | null)[]): TimePoint[] =>
  values.map((value, day) => [at(day).getTime(), value])

const CHART: TimeSeriesChart = {
  zone: 'America/Toronto',
  locale: 'en-CA',
  unit: '% of reference',
  series: [
    { name: 'Output 6 MV', points: daily([100.1, 100.4, null, 103.2]), drawAs: 'line' },
    { name: 'Output 10 MV', points: daily([99.8, 99.9]), drawAs: 'points' },
  ],
  references: [
    { from: at(0), value: 100 },
    { from: at(2), value: 101 },
  ],
  bands: [
    { from: at(0), to: at(3), level: 'ok', low: 98, high: 102 },
    { from: at(0), to: at(3), level: 'act', low: 103 },
  ],
  events: [
    { at: at(1), label: 'Beam steering' },
    { at: at(2), label: 'New chamber' },
  ],
  limits: [{ value: 104.5, label: 'UCL 104.5', kind: 'control' }],
}

describe('valueRange', () => {
  it.each([
    ['everything drawn, with a twentieth of air', CHART, { lowest: 97.675, highest: 104.825 }],
    ['given ends', { ...CHART, lowest: 0, highest: 110 }, { lowest: 0, highest: 110 }],
    ['nothing', { zone: 'UTC', locale: 'en', series: [] }, { lowest: 0, highest: 1 }],
    [
      'one value',
      { zone: 'UTC', locale: 'en', series: [{ name: '', points: [[0, 4]], drawAs: 'line' }] },
      { lowest: 2, highest: 6 },
    ],
    [
      'one zero',
      { zone: 'UTC', locale: 'en', series: [{ name: '', points: [[0, 0]], drawAs: 'line' }] },
      { lowest: -1, highest: 1 },
    ],
    [
      'no number at all',
      { zone: 'UTC', locale: 'en', series: [{ name: '', points: [[0, Number.NaN]], drawAs: 'line' }] },
      { lowest: 0, highest: 1 },
    ],
  ] satisfies [string, TimeSeriesChart, { lowest: number; highest: number }][])(
    'of %s',
    (_what, chart, expected) => {
      const range = valueRange(chart)
      expect(range.lowest).toBeCloseTo(expected.lowest, 9)
      expect(range.highest).toBeCloseTo(expected.highest, 9)
    },
  )
})

describe('timeLabels', () => {
  const noon = Date.UTC(2024, 2, 5, 12, 30)
  it.each([
    [800, 'en-CA', 'Mar 2024'],
    [800, 'de-DE', 'März 2024'],
    [30, 'en-CA', 'Mar 5'],
    [30, 'de-DE', '5. März'],
    [0.2, 'de-DE', '12:30'],
  ])('over %d days in %s: %s', (days, locale, expected) => {
    expect(timeLabels(days * DAY_MS, locale)(noon)).toBe(expected)
  })
})

describe('timeSeriesOption', () => {
  it('places instants at their local time, on both sides of a change of clocks', () => {
    const before = Date.UTC(2024, 2, 10, 6, 59) // 01:59 EST
    const after = Date.UTC(2024, 2, 10, 7, 0) // 03:00 EDT
    const points: TimePoint[] = [
      [before, 1],
      [after, 2],
    ]
    const option = timeSeriesOption(
      { ...CHART, series: [{ name: 'a', points, drawAs: 'line' }], references: [] },
      SIZE,
    )
    expect(option).toMatchObject({
      useUTC: true,
      series: [
        {},
        {
          data: [
            [Date.UTC(2024, 2, 10, 1, 59), 1],
            [Date.UTC(2024, 2, 10, 3, 0), 2],
          ],
        },
      ],
    })
  })

  it('draws a reference up to the end of the axis, and bands open where they have no edge', () => {
    const local = (day: number): number => at(day).getTime() - 5 * 3_600_000
    const option = timeSeriesOption(CHART, SIZE)
    expect(option).toMatchObject({
      series: [
        {
          markArea: {
            data: [
              [
                { xAxis: local(0), yAxis: 98 },
                { xAxis: local(3), yAxis: 102 },
              ],
              [{ xAxis: local(0), yAxis: 103 }, { xAxis: local(3) }],
            ],
          },
          markLine: { data: [{ xAxis: local(1) }, { xAxis: local(2) }, { yAxis: 104.5 }] },
        },
        {
          step: 'end',
          data: [
            [local(0), 100],
            [local(2), 101],
            [local(3), 101],
          ],
        },
        { name: 'Output 6 MV' },
        { name: 'Output 10 MV', lineStyle: { width: 0 } },
      ],
    })
  })

  it('thins long series to its width and keeps the excursion', () => {
    const values = Array.from({ length: 50_000 }, (_, index) =>
      index === 31_415 ? 120 : 100 + (index % 7) / 10,
    )
    const points = values.map((value, index): TimePoint => [START + index * 3_600_000, value])
    const option = timeSeriesOption(
      { ...CHART, series: [{ name: 'a', points, drawAs: 'line' }], references: [] },
      SIZE,
    )
    const drawn: unknown = Array.isArray(option.series) ? option.series[1]?.data : undefined
    if (!Array.isArray(drawn)) throw new Error('no data')
    expect(drawn.length).toBeLessThanOrEqual(5 * SIZE.width)
    expect(drawn.filter((point) => Array.isArray(point) && point[1] === 120).length).toBe(1)
  })
})

describe('drawChart', () => {
  const texts = (svg: string): string[] =>
    [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '')

  it('draws names, unit, numbers of events and limits as text', () => {
    const svg = drawChart(CHART, SIZE, measure)
    expect(svg).toMatch(/^<svg width="600" height="240"/)
    expect(texts(svg)).toEqual(
      expect.arrayContaining([
        'Output 6 MV',
        'Output 10 MV',
        '% of reference',
        '1',
        '2',
        'UCL 104.5',
        '100',
        '102',
      ]),
    )
    expect(svg.match(/<polygon/g)?.length).toBe(2)
    expect(svg).not.toContain('NaN')
  })

  it('draws what is empty, single or damaged without failing', () => {
    const odd: readonly (readonly TimePoint[])[] = [
      [],
      [[START, null]],
      [[START, 5]],
      [
        [START, Number.NaN],
        [START + 1, Number.POSITIVE_INFINITY],
        [START + 2, 3],
      ],
      [
        [START, 1e300],
        [START, -1e300],
      ],
    ]
    for (const points of odd) {
      const chart: TimeSeriesChart = {
        zone: 'UTC',
        locale: 'en',
        series: [{ name: 'a', points, drawAs: 'line' }],
      }
      expect(drawChart(chart, SIZE, measure)).not.toMatch(/NaN|Infinity/)
    }
    expect(drawChart({ zone: 'UTC', locale: 'en', series: [] }, SIZE, measure)).toContain('<svg')
  })

  it('escapes names', () => {
    const svg = drawChart({ ...CHART, unit: '<script>&' }, SIZE, measure)
    expect(svg).toContain('&lt;script&gt;&amp;')
    expect(svg).not.toContain('<script')
  })

  it.each([
    ['too small', CHART, { width: 10, height: 100 }],
    ['too large', CHART, { width: 10_000, height: 100 }],
    ['of no size', CHART, { width: Number.NaN, height: 100 }],
    [
      'of too many series',
      {
        ...CHART,
        series: Array.from({ length: 41 }, () => ({ name: 'a', points: [], drawAs: 'line' as const })),
      },
      SIZE,
    ],
    [
      'of too many events',
      { ...CHART, events: Array.from({ length: 501 }, () => ({ at: at(1), label: 'x' })) },
      SIZE,
    ],
  ])('refuses a chart that is %s', (_what, chart, size) => {
    expect(() => drawChart(chart, size, measure)).toThrow(RefusedError)
  })
})
