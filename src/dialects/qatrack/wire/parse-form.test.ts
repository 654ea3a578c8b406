import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WireError } from '../../../platform/http/wire-error.ts'
import { parseMultipart, parseUrlEncoded, splitMultipart } from './parse-form.ts'

function form(...parts: readonly string[]): Buffer {
  return Buffer.from(`${parts.map((part) => `--line\r\n${part}\r\n`).join('')}--line--\r\n`)
}

const TYPE = 'multipart/form-data; boundary=line'

describe('parseMultipart', () => {
  it.each([
    ['one field', ['Content-Disposition: form-data; name="a"\r\n\r\n1'], { a: '1' }],
    ['an empty field', ['Content-Disposition: form-data; name="a"\r\n\r\n'], { a: '' }],
    ['a name without quotes', ['Content-Disposition: form-data; name=a\r\n\r\n1'], { a: '1' }],
    ['a quote in a name', ['content-disposition: form-data; name="a\\"b"\r\n\r\n1'], { 'a"b': '1' }],
    ['line breaks', ['Content-Disposition: form-data; name="a"\r\n\r\n1\r\n\r\n2'], { a: '1\r\n\r\n2' }],
    [
      'other heads',
      ['X: y\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain\r\n\r\n1'],
      { a: '1' },
    ],
    [
      'of a repeated field the last',
      [
        'Content-Disposition: form-data; name="a"\r\n\r\n1',
        'Content-Disposition: form-data; name="a"\r\n\r\n2',
      ],
      { a: '2' },
    ],
    ['a part without name', ['Content-Type: text/plain\r\n\r\n1'], {}],
    ['a file is no field', ['Content-Disposition: form-data; name="a"; filename="x"\r\n\r\n1'], {}],
  ])('reads %s', (_what, parts, fields) => {
    expect(parseMultipart(form(...parts), TYPE)).toEqual(fields)
  })

  it('reads a boundary in quotes', () => {
    const raw = Buffer.from('--a b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--a b--')
    expect(parseMultipart(raw, 'multipart/form-data; boundary="a b"')).toEqual({ a: '1' })
  })

  it('keeps the bytes of files', () => {
    const bytes = Buffer.from([0, 255, 13, 10, 13, 10, 45, 45])
    const raw = Buffer.concat([
      Buffer.from('--line\r\nContent-Disposition: form-data; name="f"; filename="b.bin"\r\n\r\n'),
      bytes,
      Buffer.from('\r\n--line--'),
    ])
    expect(splitMultipart(raw, TYPE)).toEqual([{ name: 'f', filename: 'b.bin', content: bytes }])
  })

  it('refuses a type without boundary', () => {
    expect(() => parseMultipart(form('x'), 'multipart/form-data')).toThrow(WireError)
  })

  it('gives back every field that was put in', () => {
    const name = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => !/[\\"\r\n]/.test(text))
    const value = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('--line'))
    fc.assert(
      fc.property(fc.dictionary(name, value), (fields) => {
        const parts = Object.entries(fields).map(
          ([key, text]) => `Content-Disposition: form-data; name="${key}"\r\n\r\n${text}`,
        )
        expect({ ...parseMultipart(form(...parts), TYPE) }).toEqual({ ...fields })
      }),
    )
  })

  it('refuses nothing else than by a WireError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, boundary) => {
        try {
          parseMultipart(Buffer.from(bytes), `multipart/form-data; boundary=${boundary}`)
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
    )
  })
})

describe('parseUrlEncoded', () => {
  it('reads fields, of a repeated one the last', () => {
    expect(parseUrlEncoded(Buffer.from('a=1&b=%C3%A4+x&a=2&c'))).toEqual({ a: '2', b: 'ä x', c: '' })
  })

  it('refuses more than a thousand', () => {
    expect(() => parseUrlEncoded(Buffer.from('a&'.repeat(1000)))).toThrow(WireError)
    expect(parseUrlEncoded(Buffer.from(`${'a=1&'.repeat(999)}b=2`))).toEqual({ a: '1', b: '2' })
  })
})
