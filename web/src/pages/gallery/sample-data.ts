import type { FieldMeta } from '../../api/record-meta.ts'
import { STATUS_TOKENS } from '../../theme/tokens.ts'
import type { ChartEvent, ChartPoint, ChartSeries } from '../../ui/chart-model.ts'
import type { StatusDay } from '../../ui/StatusStrip.tsx'

const DAY_MS = 86_400_000
const START = Date.parse('2026-01-05T12:00:00Z')

export const SAMPLE_INSTANT = '2026-03-02T12:42:00Z'

export interface SampleTest {
  readonly name: string
  readonly unit: string
  readonly value: string
  readonly reference: number
  readonly digits: number
  readonly recent: readonly number[]
}

export const SAMPLE_TESTS: readonly SampleTest[] = [
  {
    name: 'Temperature',
    unit: '°C',
    value: '22.1',
    reference: 22,
    digits: 1,
    recent: [22, 22.1, 22.3, 22.2, 22.2, 22.1],
  },
  {
    name: 'Pressure',
    unit: 'kPa',
    value: '101,1',
    reference: 101.3,
    digits: 1,
    recent: [101.6, 101.5, 101.2, 101.1, 101.3, 101.1],
  },
  {
    name: 'Reading 6 MV',
    unit: 'nC',
    value: '20.90',
    reference: 20.35,
    digits: 2,
    recent: [20.3, 20.36, 20.35, 20.4, 20.38, 20.9],
  },
  {
    name: 'Output 10 MV',
    unit: '%',
    value: '',
    reference: 100,
    digits: 1,
    recent: [100.2, 100.1, 99.9, 100.4, 100.3, 100.2],
  },
]

export const SAMPLE_DAYS: readonly StatusDay[] = Array.from({ length: 30 }, (_, index) => ({
  day: new Date(START + index * DAY_MS).toISOString().slice(0, 10),
  token: index % 7 === 5 ? 'none' : (STATUS_TOKENS[index % 11 === 4 ? (index % 5) + 1 : 0] ?? 'ok'),
}))

/** A slow drift with a weekly swing, corrected after 90 days: what a real output looks like. */
function outputOn(day: number, offset: number): ChartPoint {
  const drift = day < 90 ? day * 0.024 : (day - 90) * 0.02 - 0.2
  const value = 100 + offset + drift + 0.35 * Math.sin(day * 0.9) + 0.2 * Math.sin(day * 2.3)
  const size = Math.abs(value - 100)
  return {
    at: START + day * DAY_MS,
    value: Math.round(value * 100) / 100,
    status: size > 3 ? 'act' : size > 2 ? 'warn' : 'ok',
    difference: `${value < 100 ? '−' : '+'}${size.toFixed(1)} %`,
    person: day % 3 === 0 ? 'M. Roy' : 'A. Tremblay',
    ...(day === 88 ? { comment: 'Repeated with second chamber, same result' } : {}),
  }
}

const DAYS = Array.from({ length: 160 }, (_, day) => day)

export const SAMPLE_SERIES: readonly ChartSeries[] = [
  {
    id: 'linac-2',
    name: 'Linac 2',
    unit: '%',
    digits: 1,
    points: DAYS.map((day) => outputOn(day, 0)),
    bands: [
      { from: START, actLow: 97, tolLow: 98, tolHigh: 102, actHigh: 103 },
      { from: START + 90 * DAY_MS, actLow: 97.5, tolLow: 98.5, tolHigh: 101.5, actHigh: 102.5 },
    ],
    references: [
      { from: START, value: 100 },
      { from: START + 90 * DAY_MS, value: 100.2 },
    ],
    control: { mean: 100.6, lower: 98.9, upper: 102.3 },
  },
  {
    id: 'linac-3',
    name: 'Linac 3',
    unit: '%',
    digits: 1,
    points: DAYS.filter((day) => day % 2 === 0).map((day) => outputOn(day * 0.6, -0.8)),
  },
]

export const SAMPLE_EVENTS: readonly ChartEvent[] = [
  { at: START + 40 * DAY_MS, label: 'Service', detail: 'Thyratron replaced', token: 'todo' },
  { at: START + 90 * DAY_MS, label: 'Reference changed', detail: '100.0 to 100.2 %', token: 'none' },
]

export const LOCATION_FIELD: FieldMeta = {
  name: 'location',
  label: 'Location',
  kind: 'text',
  required: false,
  maxLength: 64,
}
