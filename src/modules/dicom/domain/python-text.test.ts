import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pythonBytes } from './python-bytes.ts'
import { pythonFloat, pythonString } from './python-text.ts'

describe('pythonFloat', () => {
  it.each([
    [1, '1.0'],
    [0, '0.0'],
    [-0, '-0.0'],
    [0.1, '0.1'],
    [Math.fround(0.1), '0.10000000149011612'],
    [1e-4, '0.0001'],
    [1e-5, '1e-05'],
    [1.5e-7, '1.5e-07'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [2 ** 60, '1.152921504606847e+18'],
    [2 ** 53, '9007199254740992.0'],
    [1e100, '1e+100'],
    [-2.5, '-2.5'],
    [5e-324, '5e-324'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('writes %s as %s', (value, text) => expect(pythonFloat(value)).toBe(text))

  it('always gives a text that reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
        Object.is(Number(pythonFloat(value)), value),
      ),
    )
  })
})

describe('pythonString', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", '"it\'s"'],
    ['both \' and "', "'both \\' and \"'"],
    ['back\\slash', "'back\\\\slash'"],
    ['tab\tline\n', "'tab\\tline\\n'"],
    ['\x00\x7f', "'\\x00\\x7f'"],
    ['山田', "'山田'"],
    ['\u00a0\u2028', "'\\xa0\\u2028'"],
    ['\u{e0001}', "'\\U000e0001'"],
  ])('quotes %j as %s', (text, quoted) => expect(pythonString(text)).toBe(quoted))
})

describe('pythonBytes', () => {
  it.each([
    [[0xfe, 0xff, 0x00, 0xe0], "b'\\xfe\\xff\\x00\\xe0'"],
    [[0x41, 0x5c, 0x09, 0x0a, 0x0d], "b'A\\\\\\t\\n\\r'"],
    [[0x27], 'b"\'"'],
    [[0x27, 0x22], "b'\\'\"'"],
    [[], "b''"],
  ])('writes %j as %s', (bytes, text) => expect(pythonBytes(Uint8Array.from(bytes)).toString()).toBe(text))

  it('writes inside of JSON what JSON.stringify would write', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const json = JSON.stringify(pythonBytes(bytes).toString()).slice(1, -1)
        expect(pythonBytes(bytes, 'json').toString()).toBe(json)
      }),
    )
  })
})
