import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createInstanceKeys } from './instance-keys.ts'
import { openSecret, sealSecret, UnsealableError } from './seal-secret.ts'

const keys = createInstanceKeys(Buffer.alloc(32, 1))

describe('sealed secrets', () => {
  it('open to what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, purpose) => {
        expect(openSecret(keys, sealSecret(keys, secret, purpose), purpose)).toBe(secret)
      }),
    )
  })

  it('differ each time and do not show the secret', () => {
    const first = sealSecret(keys, 'tiger', 'p')
    expect(sealSecret(keys, 'tiger', 'p')).not.toBe(first)
    expect(Buffer.from(first.split('.')[2] ?? '', 'base64url').includes('tiger')).toBe(false)
  })

  it('do not open for another purpose', () => {
    expect(() => openSecret(keys, sealSecret(keys, 'tiger', 'access.token:1'), 'access.token:2')).toThrow(
      UnsealableError,
    )
  })

  it('open after the instance secret was replaced, as long as the earlier one is given', () => {
    const sealed = sealSecret(keys, 'tiger', 'p')
    const next = createInstanceKeys(Buffer.alloc(32, 2), [Buffer.alloc(32, 1)])
    expect(openSecret(next, sealed, 'p')).toBe('tiger')
    expect(() => openSecret(createInstanceKeys(Buffer.alloc(32, 2)), sealed, 'p')).toThrow(
      'another instance secret',
    )
  })

  it('refuse every changed byte', () => {
    const [version, id, body = ''] = sealSecret(keys, 'tiger', 'p').split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8((changed.readUInt8(index) + 1) % 256, index)
      expect(() => openSecret(keys, `${version}.${id}.${changed.toString('base64url')}`, 'p')).toThrow(
        UnsealableError,
      )
    }
  })

  it.each(['', 'tiger', 's1', 's1.', 's1.x.y.z', 's2.00000000.AAAA', `s1.${keys.current.id}.AAAA`])(
    'refuse %j',
    (text) => {
      expect(() => openSecret(keys, text, 'p')).toThrow(UnsealableError)
    },
  )
})
