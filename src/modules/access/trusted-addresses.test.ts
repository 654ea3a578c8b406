import { describe, expect, it } from 'vitest'
import { isListedAddress, parseAddressList } from './trusted-addresses.ts'

describe('lists of addresses', () => {
  const list = parseAddressList(['192.0.2.7', '10.0.0.0/8', '2001:db8::/32'])
  it.each([
    ['192.0.2.7', true],
    ['::ffff:192.0.2.7', true],
    ['192.0.2.8', false],
    ['10.255.0.1', true],
    ['2001:db8::1', true],
    ['2001:db9::1', false],
    ['', false],
    ['nonsense', false],
    [undefined, false],
  ])('%j is listed: %j', (address, listed) => {
    expect(isListedAddress(list, address)).toBe(listed)
  })

  it('names everything that is no address', () => {
    expect(() => parseAddressList(['10.0.0.0/33', 'host', '10.0.0.1', '1.2.3.4/5/6', '::/129'])).toThrow(
      'These are neither addresses nor networks: 10.0.0.0/33, host, 1.2.3.4/5/6, ::/129',
    )
  })
})
