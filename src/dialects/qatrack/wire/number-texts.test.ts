import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWithNumberTexts } from './number-texts.ts'
import { pythonNumberText, pythonType } from './python-words.ts'

/** The text and what Python would say of it, of the value under `a`. */
function read(json: string) {
  const { value, numberTexts } = parseWithNumberTexts(`{"a":${json}}`)
  const holder = value as { readonly a: number }
  const text = numberTexts.textOf(holder, 'a')
  return { text, type: pythonType(holder.a, text), python: pythonNumberText(holder.a, text) }
}

describe('parseWithNumberTexts', () => {
  it.each([
    ['1', undefined, 'int', '1'],
    ['1.0', '1.0', 'float', '1.0'],
    ['2.50', '2.50', 'float', '2.5'],
    ['-0', '-0', 'int', '0'],
    ['-0.0', '-0.0', 'float', '-0.0'],
    ['1e3', '1e3', 'float', '1000.0'],
    ['0.1', undefined, 'float', '0.1'],
    ['123456789012345678901', '123456789012345678901', 'int', '123456789012345678901'],
    ['1e400', '1e400', 'float', 'null'],
  ])('remembers %s', (json, text, type, python) => {
    expect(read(json)).toEqual({ text, type, python })
  })

  it('remembers numbers of arrays and of nested objects where they stand', () => {
    const { value, numberTexts } = parseWithNumberTexts('{"a":[1.0,{"b":2.0}]}')
    const { a } = value as { readonly a: readonly [number, { readonly b: number }] }
    expect(numberTexts.textOf(a, '0')).toBe('1.0')
    expect(numberTexts.textOf(a[1], 'b')).toBe('2.0')
    expect(numberTexts.textOf(a[1], 'c')).toBeUndefined()
  })

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(parseWithNumberTexts(json).value).toEqual(JSON.parse(json))
      }),
    )
  })
})
