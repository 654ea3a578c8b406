import { describe, expect, it } from 'vitest'
import { judgeEntry, pastedColumn, rangeText } from './judge-entry.ts'

describe('judgeEntry', () => {
  it.each([
    ['10', { min: '9', max: '11' }, 'inside'],
    ['9', { min: '9', max: '11' }, 'inside'],
    ['8.9', { min: '9', max: '11' }, 'outside'],
    ['8.9', { min: '9', max: '11', error: '10' }, 'acceptable'],
    ['12.3', { min: '9', max: '11', error: '10' }, 'outside'],
    ['1e3', { max: '100' }, 'outside'],
    ['-5', { max: '100' }, 'inside'],
    ['<0.5', { min: '9', max: '11' }, 'unknown'],
    ['', { min: '9', max: '11' }, 'unknown'],
    ['10', {}, 'unknown'],
  ] as const)('judges %s in %o as %s', (text, range, verdict) => {
    expect(judgeEntry(text, { keyword: 'Ca', ...range })).toBe(verdict)
  })
  it('knows nothing without a range', () => {
    expect(judgeEntry('10', null)).toBe('unknown')
  })
})

describe('rangeText', () => {
  it.each([
    [{ min: '9', max: '11' }, '9 – 11'],
    [{ min: '9' }, '≥ 9'],
    [{ max: '11' }, '≤ 11'],
    [{}, ''],
  ] as const)('writes %o as %s', (range, text) => {
    expect(rangeText({ keyword: 'Ca', ...range })).toBe(text)
  })
})

describe('pastedColumn', () => {
  it.each([
    ['1.5\n2.5\n', ['1.5', '2.5']],
    ['1.5\r\n\r\n<0.5\r\n', ['1.5', '', '<0.5']],
    ['1\tx\n2\ty', ['1', '2']],
    ['7', ['7']],
  ])('reads %j', (text, cells) => {
    expect(pastedColumn(text)).toEqual(cells)
  })
})
