import { type IpBytes, isInNetwork, type Network, parseIp, requireNetwork, unwrapIpv4 } from './ip-address.ts'

/**
 * What lies behind an address. `public` is open, `private` opens where an administrator allows it, `loopback` only in
 * tests, the others never.
 */
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local' | 'metadata' | 'reserved'

const networks = (...texts: readonly string[]): readonly Network[] => texts.map(requireNetwork)

/**
 * First match counts. Sources: the IANA special-purpose address registries (RFC 6890 and its successors); the
 * metadata services of the larger clouds, some of which stand inside otherwise private or public ranges.
 */
const CLASSES: readonly { readonly is: AddressClass; readonly networks: readonly Network[] }[] = [
  {
    is: 'metadata',
    networks: networks(
      ...[
        '169.254.169.254',
        '169.254.170.2',
        '169.254.170.23',
        '100.100.100.200',
        '168.63.129.16',
        '192.0.0.192',
      ],
      ...['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fe80::a9fe:a9fe'],
    ),
  },
  { is: 'loopback', networks: networks('127.0.0.0/8', '::1', '0.0.0.0/8', '::') },
  { is: 'link-local', networks: networks('169.254.0.0/16', 'fe80::/10') },
  {
    is: 'private',
    networks: networks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'),
  },
  {
    is: 'reserved',
    networks: networks(
      ...[
        '192.0.0.0/24',
        '192.0.2.0/24',
        '192.88.99.0/24',
        '198.18.0.0/15',
        '198.51.100.0/24',
        '203.0.113.0/24',
      ],
      ...['224.0.0.0/4', '240.0.0.0/4', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
    ),
  },
  { is: 'public', networks: networks('0.0.0.0/0', '2000::/3') },
]

/** @param address textual IPv4 or IPv6; whatever is neither counts as reserved */
export function classifyAddress(address: string): AddressClass {
  const bytes = parseIp(address)
  return bytes ? classifyBytes(unwrapIpv4(bytes)) : 'reserved'
}

function classifyBytes(address: IpBytes): AddressClass {
  const found = CLASSES.find((entry) => entry.networks.some((network) => isInNetwork(address, network)))
  return found?.is ?? 'reserved'
}
