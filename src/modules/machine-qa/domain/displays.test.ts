import { describe, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import { compositeDisplay } from './composite-display.ts'
import { diffDisplay } from './diff-display.ts'
import { referenceDisplay } from './reference.ts'
import { NO_VALUE, type TestResultValue } from './test-result.ts'
import type { TestType } from './test-type.ts'
import type { Tolerance } from './tolerance.ts'
import { valueDisplay } from './value-display.ts'

const ZONE = 'America/Toronto'

function shown(type: TestType, result: Partial<TestResultValue>, formatting = ''): string {
  return valueDisplay(
    { test: { type, formatting }, result: { ...NO_VALUE, ...result }, skipped: false },
    ZONE,
  )
}

describe('valueDisplay', () => {
  it.each([
    ['simple', { value: 1 }, '', '1'],
    ['simple', { value: 3.0001 }, '', '3'],
    ['simple', { value: 123456.789 }, '', '1.235e+05'],
    ['simple', { value: 3.1234 }, '%.2f', '3.12'],
    ['simple', { value: 3.1234 }, '{:.3f}', '3.123'],
    ['simple', { value: 3.1234 }, 'nonsense', '3.123'],
    ['boolean', { value: 1 }, '', 'Yes'],
    ['boolean', { value: 0 }, '', 'No'],
    ['string', { stringValue: '  as is ' }, '', '  as is '],
    ['date', { dateValue: toDay('2019-08-01') }, '', '01 Aug 2019'],
    ['datetime', { datetimeValue: new Date('2019-08-03T03:45:00Z') }, '', '02 Aug 2019 23:45'],
    ['simple', {}, '', 'Not Done'],
    ['simple', { stringValue: 'from when it was text' }, '', 'from when it was text'],
  ] as const)('shows a %s of %j in format %j as %j', (type, result, formatting, text) => {
    expect(shown(type, result, formatting)).toBe(text)
  })

  it('says Skipped even if a value was sent', () => {
    const result = { ...NO_VALUE, value: 1 }
    expect(valueDisplay({ test: { type: 'simple', formatting: '' }, result, skipped: true }, ZONE)).toBe(
      'Skipped',
    )
  })

  it('links to the file of an upload, escaped', () => {
    const text = valueDisplay(
      {
        test: { type: 'upload', formatting: '' },
        result: { ...NO_VALUE, stringValue: '7' },
        skipped: false,
        file: { name: 'a"b<c.txt', address: '/media/x?a=1&b=2' },
      },
      ZONE,
    )
    expect(text).toBe('<a href="/media/x?a=1&amp;b=2" title="a&quot;b&lt;c.txt">a&quot;b&lt;c.txt</a>')
  })
})

describe('diffDisplay', () => {
  const absolute: Tolerance = { kind: 'absolute', actLow: -2, tolLow: -1, tolHigh: 1, actHigh: 2 }
  const percent: Tolerance = { ...absolute, kind: 'percent' }
  const numeric = { type: 'simple', wrapLow: null, wrapHigh: null } as const
  it.each([
    [numeric, 1, 1, absolute, '0'],
    [numeric, 49, 50, percent, '-2%'],
    [numeric, 51.51, 50, percent, '3.02%'],
    [numeric, 3, 0, percent, 'Zero ref with % diff tol'],
    [numeric, null, 1, absolute, ''],
    [numeric, 1, null, absolute, ''],
    [numeric, 1, 1, null, ''],
    [{ ...numeric, type: 'boolean' as const }, 1, 1, absolute, ''],
    [{ type: 'wraparound', wrapLow: 0, wrapHigh: 360 } as const, 359.5, 0, absolute, '-0.5'],
  ])('of %j at %j against %j', (test, value, reference, tolerance, text) => {
    const expected = reference === null ? null : ({ kind: 'numerical', value: reference } as const)
    expect(diffDisplay({ test, value, reference: expected, tolerance })).toBe(text)
  })
})

describe('referenceDisplay', () => {
  it.each([
    [{ kind: 'numerical', value: 1234567 }, '1.23457E+06'],
    [{ kind: 'numerical', value: 1 }, '1'],
    [{ kind: 'boolean', value: 1 }, 'Yes'],
    [{ kind: 'boolean', value: 0 }, 'No'],
    [null, ''],
  ] as const)('of %j is %j', (reference, text) => {
    expect(referenceDisplay(reference)).toBe(text)
  })
})

describe('compositeDisplay', () => {
  it.each([
    [3, '', undefined, '3.0000000'],
    [0.001, '', undefined, '1.0000000e-3'],
    [0.01, '', undefined, '0.010000000'],
    [0, '', undefined, '0'],
    [-2.5, '', undefined, '-2.5000000'],
    [12345678, '', undefined, '12345678'],
    [123456789, '', undefined, '1.2345679e+8'],
    [3, '%.1f', undefined, '3.0'],
    [3, '{:.2f}', undefined, '3.00'],
    [3, '', '%.3f', '3.000'],
    [3, 'bad', '%.3f', '3.000'],
    ['text', '%.1f', undefined, 'text'],
    [null, '', undefined, ''],
    [{ a: 1 }, '', undefined, '{"a":1}'],
  ] as const)('shows %j with format %j and default %j as %j', (value, test, siteDefault, text) => {
    expect(compositeDisplay(value, siteDefault === undefined ? { test } : { test, siteDefault })).toBe(text)
  })
})
