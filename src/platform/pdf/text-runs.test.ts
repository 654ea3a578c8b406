import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFontMetrics } from './font-metrics.ts'
import { fontMetrics } from './fonts.ts'
import { fitText, textRuns, textWidth } from './text-runs.ts'

describe('textRuns', () => {
  it.each([
    ['plain', [['plain', 'Inter']]],
    ['', [['', 'Inter']]],
    ['Größe 3 µGy ± 0.5 °C', [['Größe 3 µGy ± 0.5 °C', 'Inter']]],
    ['Ελλάδα Россия', [['Ελλάδα Россия', 'Inter']]],
    ['a\u0308', [['ä', 'Inter']]],
    [
      '∮ a',
      [
        ['∮ ', 'DejaVu'],
        ['a', 'Inter'],
      ],
    ],
    [
      'a ⌀ b',
      [
        ['a ', 'Inter'],
        ['⌀ ', 'DejaVu'],
        ['b', 'Inter'],
      ],
    ],
    [
      '水 a',
      [
        ['□ ', 'DejaVu'],
        ['a', 'Inter'],
      ],
    ],
    ['a\u0000\u0007b\u202ec', [['abc', 'Inter']]],
    ['a\tb\r\nc', [['a b\nc', 'Inter']]],
    [
      '\ud800x',
      [
        ['\ufffd', 'DejaVu'],
        ['x', 'Inter'],
      ],
    ],
  ])('of %j', (text, runs) => {
    expect(textRuns(text).map((run) => [run.text, run.font])).toEqual(runs)
  })

  it('gives every run characters that its font has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const run of textRuns(text)) {
          const codePoints = [...run.text].map((character) => character.codePointAt(0) ?? 0)
          expect(codePoints.filter((code) => code !== 10 && !fontMetrics()[run.font].has(code))).toEqual([])
        }
      }),
    )
  })
})

describe('textWidth and fitText', () => {
  it('measures as the font says', () => {
    expect(textWidth('mm', 10)).toBeCloseTo(2 * textWidth('m', 10), 9)
    expect(textWidth('0', 1000, 'Mono')).toBeCloseTo(602, 0)
    expect(textWidth('il', 10)).toBeLessThan(textWidth('WM', 10))
  })

  it('cuts to fit, never in the middle of a character', () => {
    expect(fitText('short', 10, 100)).toBe('short')
    expect(fitText('a', 10, 1)).toBe('…')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 15, max: 200 }), (text, width) => {
        const fitted = fitText(text, 10, width)
        expect(textWidth(fitted, 10)).toBeLessThanOrEqual(width)
        expect(fitted.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('readFontMetrics', () => {
  const dejavu = readFileSync(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))

  it('knows the characters and advances of DejaVu Sans', () => {
    const font = readFontMetrics(dejavu)
    expect(font.has(0x41)).toBe(true)
    expect(font.has(0x1d538)).toBe(true) // outside the basic plane
    expect(font.has(0x6c34)).toBe(false)
    expect(Math.round(font.advance(0x41))).toBe(684)
    expect(font.advance(0x6c34)).toBe(0)
  })

  it.each([0, 3, 100, 1000])('fails plainly for a file cut after %i bytes', (length) => {
    expect(() => readFontMetrics(dejavu.subarray(0, length))).toThrow()
  })
})
