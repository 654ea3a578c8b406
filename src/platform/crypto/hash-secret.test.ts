import { describe, expect, it } from 'vitest'
import { equalInConstantTime, hashSecret, hashWithKey } from './hash-secret.ts'

describe('hashed secrets', () => {
  it('are SHA-256 (FIPS 180-4, example "abc")', () => {
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('are HMAC-SHA-256 with a key (RFC 4231, test case 2)', () => {
    expect(hashWithKey(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  it.each([
    ['', '', true],
    ['a', 'a', true],
    ['ä', 'ä', true],
    ['a', 'b', false],
    ['a', 'aa', false],
    ['', 'a', false],
  ])('compares %j and %j as %j', (a, b, equal) => {
    expect(equalInConstantTime(a, b)).toBe(equal)
  })
})
