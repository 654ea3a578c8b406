import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber, parseNumberText } from './number-text.ts'

describe('parseNumberText', () => {
  it.each([
    ['20.9', 20.9],
    ['20,9', 20.9],
    [' 20,90 ', 20.9],
    ['.5', 0.5],
    [',5', 0.5],
    ['5.', 5],
    ['-0,3', -0.3],
    ['−0.3', -0.3],
    ['+1', 1],
    ['1e-3', 0.001],
    ['1 234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1,234', 1.234],
  ])('reads %j as %f', (text, value) => {
    expect(parseNumberText(text)).toEqual({ kind: 'number', value })
  })

  it.each(['abc', '1.2.3', '1,2,3', '12,34.5', '--1', '1e', '0x10', 'NaN', 'Infinity', '1e999', '-', '.'])(
    'refuses %j',
    (text) => {
      expect(parseNumberText(text)).toEqual({ kind: 'invalid' })
    },
  )

  it('takes blanks for no answer', () => {
    expect(parseNumberText(' \u00a0')).toEqual({ kind: 'empty' })
  })

  it('reads back every number it writes with fixed digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }), (units, digits) => {
        const value = units / 10 ** digits
        expect(parseNumberText(formatNumber(value, { digits }))).toEqual({ kind: 'number', value: value + 0 })
      }),
    )
  })
})

describe('formatNumber', () => {
  it.each([
    [2.7, { digits: 1, signed: true }, '+2.7'],
    [-0.2, { digits: 1, signed: true }, '−0.2'],
    [0.001, { digits: 1, signed: true }, '0.0'],
    [-0.001, { digits: 1 }, '0.0'],
    [20.35, {}, '20.35'],
    [0.1 + 0.2, {}, '0.3'],
    [0.000012, {}, '1.200e-5'],
    [Number.NaN, {}, '—'],
  ])('writes %f with %j as %s', (value, format, text) => {
    expect(formatNumber(value, format)).toBe(text)
  })
})
