import { describe, expect, it } from 'vitest'
import { createInstanceKeys } from './instance-keys.ts'

const SECRET = Buffer.alloc(32, 7)

describe('instance keys', () => {
  it('derives the same key for the same purpose on every server', () => {
    expect(createInstanceKeys(SECRET).derive('jwt')).toEqual(createInstanceKeys(SECRET).derive('jwt'))
  })

  it('derives HKDF-SHA-256 keys with the salt touchstone and the purpose as info', () => {
    // computed with Python: HMAC extract and expand of RFC 5869
    expect(createInstanceKeys(SECRET).derive('jwt').toString('hex')).toBe(
      'e6f983bbe34c08227d135a864b21eb6f5adc146e10c4c575254a233555c21e3d',
    )
  })

  it('derives unrelated keys for different purposes and secrets', () => {
    const keys = createInstanceKeys(SECRET)
    const other = createInstanceKeys(Buffer.alloc(32, 8))
    expect(keys.derive('jwt')).not.toEqual(keys.derive('seal'))
    expect(keys.derive('jwt')).not.toEqual(other.derive('jwt'))
  })

  it.each([0, 16, 31, 33])('refuses a secret of %i bytes', (length) => {
    expect(() => createInstanceKeys(Buffer.alloc(length))).toThrow(RangeError)
  })
})
