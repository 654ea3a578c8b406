import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pythonJson } from './python-json.ts'

// what `json.dumps` of CPython 3.12 gives
it.each([
  [{ a: 1, b: [true, null, 'x'] }, '{"a": 1, "b": [true, null, "x"]}'],
  [{ float: 5 }, '5.0'],
  [{ float: -0.1 }, '-0.1'],
  [{ float: 1e22 }, '1e+22'],
  [[], '[]'],
  [{}, '{}'],
  ['Größe µ 😀 "q" \\ \n', '"Gr\\u00f6\\u00dfe \\u00b5 \\ud83d\\ude00 \\"q\\" \\\\ \\n"'],
])('writes %j as Python does', (value, text) => {
  expect(pythonJson(value)).toBe(text)
})

it('writes one thing on a line where it is indented', () => {
  expect(pythonJson({ objects: { tests: ['x'], lists: [] }, n: 1 }, 2)).toBe(
    '{\n  "objects": {\n    "tests": [\n      "x"\n    ],\n    "lists": []\n  },\n  "n": 1\n}',
  )
})

it('says the same as it was given', () => {
  const text = fc.string({ unit: 'binary' }).map((each) => each.toWellFormed())
  fc.assert(
    fc.property(
      fc.dictionary(
        text.filter((name) => name !== '__proto__' && name !== 'float'),
        text,
      ),
      (value) => {
        expect(JSON.parse(pythonJson(value))).toEqual({ ...value })
        expect(JSON.parse(pythonJson(value, 2))).toEqual({ ...value })
      },
    ),
  )
})
