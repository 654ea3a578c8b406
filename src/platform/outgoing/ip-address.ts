import { isIPv4, isIPv6 } from 'node:net'

/** An address as bytes: 4 of IPv4, or 16 of IPv6. */
export type IpBytes = readonly number[]

/** @returns undefined when the text is no address; brackets and a zone (`fe80::1%eth0`) are understood */
export function parseIp(text: string): IpBytes | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '')
  if (isIPv4(bare)) return bare.split('.').map(Number)
  return isIPv6(bare) ? parseIpv6(bare) : undefined
}

function parseIpv6(text: string): IpBytes {
  const [head = '', tail] = text.split('::')
  const before = groupBytes(head)
  if (tail === undefined) return before
  const after = groupBytes(tail)
  return [...before, ...Array.from({ length: 16 - before.length - after.length }, () => 0), ...after]
}

function groupBytes(groups: string): IpBytes {
  if (groups === '') return []
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}

export type Network = { readonly bytes: IpBytes; readonly prefixLength: number }

/** Reads `10.0.0.0/8`, `fd00::/8`, or a single address. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', length, ...rest] = text.split('/')
  const bytes = parseIp(address)
  if (!bytes || rest.length > 0) return undefined
  if (length === undefined) return { bytes, prefixLength: bytes.length * 8 }
  const prefixLength = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  return prefixLength <= bytes.length * 8 ? { bytes, prefixLength } : undefined
}

export function isInNetwork(address: IpBytes, network: Network): boolean {
  if (address.length !== network.bytes.length) return false
  return network.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, network.prefixLength - index * 8))
    const mask = (0xff << (8 - bits)) & 0xff
    return (byte & mask) === ((address[index] ?? 0) & mask)
  })
}

/** Prefixes behind which an IPv6 address carries an IPv4 one, and the byte where it stands. */
const CARRIERS = [
  { network: '::ffff:0:0/96', at: 12 }, // IPv4-mapped, RFC 4291 2.5.5.2
  { network: '::ffff:0:0:0/96', at: 12 }, // IPv4-translated, RFC 2765
  { network: '::/96', at: 12 }, // IPv4-compatible, deprecated
  { network: '64:ff9b::/96', at: 12 }, // NAT64, RFC 6052
  { network: '2002::/16', at: 2 }, // 6to4, RFC 3056
].map(({ network, at }) => ({ network: requireNetwork(network), at }))

/** The IPv4 address that an IPv6 address reaches in the end, or the address itself. */
export function unwrapIpv4(address: IpBytes): IpBytes {
  if (address.length === 4 || isUnspecifiedOrLoopback(address)) return address
  const carrier = CARRIERS.find(({ network }) => isInNetwork(address, network))
  return carrier ? address.slice(carrier.at, carrier.at + 4) : address
}

function isUnspecifiedOrLoopback(address: IpBytes): boolean {
  return address.slice(0, 15).every((byte) => byte === 0) && (address[15] ?? 0) <= 1
}

/** For tables of this program. @throws when it is no network */
export function requireNetwork(text: string): Network {
  const network = parseNetwork(text)
  if (!network) throw new TypeError(`${text} is no network`)
  return network
}
