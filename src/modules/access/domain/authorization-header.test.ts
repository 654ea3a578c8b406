import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PresentedCredential, parseAuthorization } from './authorization-header.ts'

const TOKEN = 'a75815288ab56b3bcd27075169b8d58faa6a780f'
const KEY = 'amRqSgZZ.CLevHmvt7WJucw2gKA5sGhEUs2Fh6Svq'

function problem(name: string): PresentedCredential {
  return { kind: 'malformed', problem: name } as PresentedCredential
}

function basic(text: string, encoding: BufferEncoding = 'utf8'): string {
  return `Basic ${Buffer.from(text, encoding).toString('base64')}`
}

describe('the Authorization header', () => {
  it.each<[string | undefined, PresentedCredential]>([
    [undefined, { kind: 'none' }],
    ['', { kind: 'none' }],
    ['   ', { kind: 'none' }],
    ['Digest abc', { kind: 'none' }],
    ['JWT a.b.c', { kind: 'none' }],
    [TOKEN, { kind: 'none' }],
    [`Token ${TOKEN}`, { kind: 'token', token: TOKEN }],
    [`token   ${TOKEN} `, { kind: 'token', token: TOKEN }],
    ['Token', problem('token-empty')],
    ['Token ', problem('token-empty')],
    ['Token a b', problem('token-with-spaces')],
    ['Token \xff\xfe', problem('token-with-invalid-characters')],
    // two bytes of UTF-8 are characters, though no token has them
    ['Token \xc3\xa4', { kind: 'token', token: 'ä' }],
    ['Bearer a.b.c', { kind: 'bearer', jwt: 'a.b.c' }],
    ['Bearer', problem('bearer-malformed')],
    ['Bearer a b', problem('bearer-malformed')],
    [`ApiKey ${KEY}`, { kind: 'api-key', key: KEY }],
    [KEY, { kind: 'api-key', key: KEY }],
    ['ApiKey', problem('api-key-invalid')],
    ['ApiKey short.key', problem('api-key-invalid')],
    [`ApiKey ${KEY} x`, problem('api-key-invalid')],
    [basic('admin:se:cret'), { kind: 'basic', username: 'admin', password: 'se:cret' }],
    [basic('jörg:ß'), { kind: 'basic', username: 'jörg', password: 'ß' }],
    [basic('jörg:ß', 'latin1'), { kind: 'basic', username: 'jörg', password: 'ß' }],
    [basic(':'), { kind: 'basic', username: '', password: '' }],
    [basic('nobody'), problem('basic-malformed')],
    ['Basic', problem('basic-malformed')],
    ['Basic !!!', problem('basic-malformed')],
  ])('%j', (header, expected) => {
    expect(parseAuthorization(header)).toEqual(expected)
  })

  it('never fails, whatever bytes it holds', () => {
    const bytes = fc.uint8Array().map((array) => Buffer.from(array).toString('latin1'))
    const scheme = fc.constantFrom('Token ', 'Bearer ', 'ApiKey ', 'Basic ', '')
    fc.assert(
      fc.property(scheme, bytes, (word, rest) => {
        expect(parseAuthorization(word + rest).kind).toBeTypeOf('string')
      }),
    )
  })
})
