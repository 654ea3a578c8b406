import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBraces } from './brace-format.ts'
import { formatFixed, formatFourDigits, formatNumber, formatReferenceNumber } from './number-format.ts'
import { FORMATTED, NUMBERS } from './number-format-cases.data.ts'
import { formatPrintf } from './printf-format.ts'

function formatAs(format: string, value: number): string | null {
  return (format.includes('{') ? formatBraces(format, value) : formatPrintf(format, value)) ?? null
}

describe('number formats', () => {
  it.each(FORMATTED)('writes the numbers of the table as Python does with %s', (format, texts) => {
    expect(NUMBERS.map((value) => formatAs(format, value))).toEqual(texts)
  })

  it('writes any double as the installed Python does', (context) => {
    const python = spawnSync('python3', ['--version'])
    if (python.status !== 0) context.skip('no python3 to compare with')
    const formats = [
      '%.4g',
      '%.6G',
      '%.2f',
      '%.0f',
      '%.3e',
      '%r',
      '%d',
      '{:.3f}',
      '{:.4}',
      '{:,.1f}',
      '{}',
      '%.17g',
    ]
    const values = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 500)
    const program = `
import json, struct, sys
out = []
for format, bits in json.load(sys.stdin):
    value = struct.unpack('>d', bytes.fromhex(bits))[0]
    out.append(format.format(value) if '{' in format else format % value)
print(json.dumps(out))`
    const cases = formats.flatMap((format) => values.map((value) => ({ format, value })))
    const input = JSON.stringify(cases.map(({ format, value }) => [format, hexOf(value)]))
    const { stdout } = spawnSync('python3', ['-c', program], {
      input,
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    })
    expect(cases.map(({ format, value }) => formatAs(format, value))).toEqual(JSON.parse(stdout))
  })

  it.each([
    ['%.2f', 3.1234, '3.12'],
    ['{:.3f}', 3.1234, '3.123'],
    ['%.1f mm', 2.25, '2.2 mm'],
    ['{:.1%}', 0.123, '12.3%'],
  ])('formats %s of %d as %s', (format, value, text) => {
    expect(formatNumber(format, value)).toBe(text)
  })

  it.each([
    '',
    'abc',
    '%',
    '%q',
    '%d %d',
    '%(a)s',
    '%*d',
    '{',
    '{}{}',
    '{a}',
    '{:d}',
    '%.999999f',
    '{:.99999}',
    '{:9999}',
  ])('has no text for the format %j', (format) => {
    expect(formatNumber(format, 1.5)).toBeUndefined()
  })

  it('answers for any format of the allowed length without throwing', () => {
    const piece = fc.constantFrom(...'%{}:.0123456789+-# ,_<>=^efgdrsEFGnz*!a'.split(''))
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 10 }), fc.double(), (format, value) => {
        const text = formatNumber(format, value)
        expect(text === undefined || text.length < 1000).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [3.0001, '3'],
    [1000, '1000'],
    [123456.789, '1.235e+05'],
    [-1.1, '-1.1'],
    [0, '0'],
    [-0, '-0'],
  ])('shows %d with four significant digits as %s', (value, text) => {
    expect(formatFourDigits(value)).toBe(text)
  })

  it.each([
    [1, '1'],
    [0.1234567, '0.123457'],
    [1234567, '1.23457E+06'],
  ])('shows the reference value %d as %s', (value, text) => {
    expect(formatReferenceNumber(value)).toBe(text)
  })

  it('rounds exact halves to even, as C does', () => {
    expect([0.5, 1.5, 2.5, 0.125].map((value) => formatFixed(value, value < 0.2 ? 2 : 0))).toEqual([
      '0',
      '2',
      '2',
      '0.12',
    ])
  })
})

function hexOf(value: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes.toString('hex')
}
