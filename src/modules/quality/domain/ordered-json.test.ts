import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isOrderedObject, parseOrderedJson, toPlainJson } from './ordered-json.ts'

it('keeps the order of keys that look like numbers', () => {
  const parsed = parseOrderedJson('{"b": 1, "10": [true, null], "2": {"x": "\\u0041\\"}"}, "": -1.5e3}')
  expect(isOrderedObject(parsed) && [...parsed.keys()]).toEqual(['b', '10', '2', ''])
  expect(toPlainJson(parsed)).toEqual({ b: 1, '10': [true, null], '2': { x: 'A"}' }, '': -1500 })
})

it('reads whatever JSON there is', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
      const value: unknown = JSON.parse(text)
      expect(toPlainJson(parseOrderedJson(JSON.stringify(value, null, indent)))).toEqual(value)
    }),
  )
})

it.each(['', '{', '[1,]', '{"a":}', 'nope', '{"a" 1}', '"\n"'])('refuses %j', (text) => {
  expect(() => parseOrderedJson(text)).toThrow(SyntaxError)
})

it('refuses what is nested too deeply', () => {
  expect(() => parseOrderedJson('['.repeat(100) + ']'.repeat(100))).toThrow(SyntaxError)
})
