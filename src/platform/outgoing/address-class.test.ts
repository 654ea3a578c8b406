import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAddress } from './address-class.ts'
import { parseIp, parseNetwork } from './ip-address.ts'

describe('classifyAddress', () => {
  it.each([
    [
      'public',
      ['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '11.0.0.0'],
    ],
    [
      'public',
      ['2606:4700::1111', '2a00:1450:4001::200e', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::1'],
    ],
    ['private', ['10.0.0.0', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1']],
    [
      'private',
      ['fd12:3456::1', 'fc00::', '::ffff:10.1.2.3', '::ffff:a01:203', '64:ff9b::a01:203', '2002:a01:203::'],
    ],
    ['private', ['::10.1.2.3', '[fd00::1]', '::ffff:0:10.1.2.3']],
    [
      'loopback',
      ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '0.0.0.0', '::', '::ffff:127.0.0.1'],
    ],
    ['loopback', ['64:ff9b::7f00:1', '2002:7f00:1::', '0.1.2.3']],
    ['link-local', ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::', '::ffff:169.254.1.1']],
    [
      'metadata',
      ['169.254.169.254', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', 'fd00:ec2::254', '100.100.100.200'],
    ],
    ['metadata', ['168.63.129.16', '169.254.170.2', '64:ff9b::a9fe:a9fe']],
    ['reserved', ['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1']],
    [
      'reserved',
      ['2001:db8::1', '2001::1', 'ff02::1', 'fec0::1', '4000::1', 'not an address', '', '999.1.1.1'],
    ],
  ])('is %s for %j', (expected, addresses) => {
    expect(addresses.map((address) => [address, classifyAddress(address)])).toEqual(
      addresses.map((address) => [address, expected]),
    )
  })

  it('reads every address that the platform reads', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(parseIp(address)?.length).toBe(isIP(address) === 4 ? 4 : 16)
      }),
    )
  })

  it('agrees for an IPv4 address and its mapped form', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(classifyAddress(`::ffff:${address}`)).toBe(classifyAddress(address))
      }),
    )
  })
})

describe('parseNetwork', () => {
  it.each([
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    '::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    'lab',
    '10.0.0.0/1e1',
  ])('refuses %s', (text) => {
    expect(parseNetwork(text)).toBeUndefined()
  })
})
