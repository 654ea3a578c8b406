import { describe, expect, it } from 'vitest'
import { type ChartSeries, chartCsv, formatPoint, timeSpan, valueSpan } from './chart-model.ts'

const AT = Date.parse('2026-01-15T13:00:00Z')
const OUTPUT: ChartSeries = {
  id: 'output',
  name: 'Output 6 MV',
  unit: '%',
  digits: 1,
  points: [
    { at: AT, value: 100.2, status: 'ok', person: 'M. Roy' },
    { at: AT + 1000, value: null },
    { at: AT + 2000, value: 102.7, status: 'warn', difference: '+2.7 %', comment: 'repeated, "same"' },
  ],
}

describe('a chart', () => {
  it('spans all its points', () => {
    expect(timeSpan([OUTPUT])).toEqual([AT, AT + 2000])
    expect(timeSpan([])).toBeUndefined()
  })

  it('shows limits that are near and leaves out those that would flatten the data', () => {
    const near = valueSpan([{ ...OUTPUT, bands: [{ from: AT, tolLow: 98, tolHigh: 103 }] }])
    expect(near[0]).toBeLessThan(98)
    const far = valueSpan([{ ...OUTPUT, bands: [{ from: AT, tolLow: 0, tolHigh: 1000 }] }])
    expect(far[0]).toBeCloseTo(100, 9)
    expect(far[1]).toBeCloseTo(102.9, 9)
  })

  it('has room around a single value', () => {
    const [low, high] = valueSpan([{ ...OUTPUT, points: [{ at: AT, value: 5 }] }])
    expect(low).toBeLessThan(5)
    expect(high).toBeGreaterThan(5)
  })

  it('survives more points than a call has arguments', () => {
    const points = Array.from({ length: 300_000 }, (_, index) => ({ at: AT + index, value: index % 10 }))
    expect(valueSpan([{ ...OUTPUT, points }])[1]).toBeCloseTo(9.72, 9)
  })

  it('becomes CSV in which nothing is lost and nothing is a formula', () => {
    const csv = chartCsv({ series: [OUTPUT], events: [{ at: AT, label: '=HYPERLINK("x")' }] })
    expect(csv.split('\r\n')).toEqual([
      'time,series,value,unit,status,difference,person,comment',
      '2026-01-15T13:00:00.000Z,Output 6 MV,100.2,%,ok,,M. Roy,',
      '2026-01-15T13:00:01.000Z,Output 6 MV,,%,,,,',
      '2026-01-15T13:00:02.000Z,Output 6 MV,102.7,%,warn,\'+2.7 %,,"repeated, ""same"""',
      '2026-01-15T13:00:00.000Z,event,,,,,,"\'=HYPERLINK(""x"")"',
      '',
    ])
  })

  it('writes values in the precision of their series', () => {
    expect(formatPoint(OUTPUT, 102.7)).toBe('102.7 %')
    expect(formatPoint(OUTPUT, null)).toBe('–')
  })
})
