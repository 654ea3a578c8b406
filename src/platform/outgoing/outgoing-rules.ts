import { type AddressClass, classifyAddress } from './address-class.ts'
import { isInNetwork, type Network, parseIp, parseNetwork, unwrapIpv4 } from './ip-address.ts'

/** The administrator's setting that opens private destinations; named in refusals. */
export const OUTGOING_ALLOW_SETTING = 'TOUCHSTONE_ALLOWED_HOSTS'

/** Which private destinations may be asked; public ones always may. Made by {@link parseOutgoingRules}. */
export type OutgoingRules = {
  readonly hosts: ReadonlySet<string>
  /** Each begins with a dot: `.example.org` for everything below it. */
  readonly suffixes: readonly string[]
  readonly networks: readonly Network[]
  /** Opens 127.0.0.1 and ::1. Only for tests, which play the other side themselves. */
  readonly allowLoopback: boolean
}

/**
 * @param entries host names (`jira.intern`), whole domains (`*.intern`), addresses and networks (`10.1.0.0/16`)
 * @returns the rules, and the entries that are none of these
 */
export function parseOutgoingRules(
  entries: readonly string[],
  options: { readonly allowLoopback?: boolean } = {},
): { readonly rules: OutgoingRules; readonly wrong: readonly string[] } {
  const hosts = new Set<string>()
  const suffixes: string[] = []
  const networks: Network[] = []
  const wrong: string[] = []
  for (const entry of entries.map((text) => text.trim().toLowerCase())) {
    const network = parseNetwork(entry)
    if (network) networks.push(network)
    else if (/^\*(\.[\w-]+)+$/.test(entry)) suffixes.push(entry.slice(1))
    else if (/^[\w-]+(\.[\w-]+)*$/.test(entry)) hosts.add(entry)
    else wrong.push(entry)
  }
  return { rules: { hosts, suffixes, networks, allowLoopback: options.allowLoopback ?? false }, wrong }
}

/** Whether a connection to this address may be opened on behalf of this host name. */
export function mayConnect(rules: OutgoingRules, host: string, address: string): boolean {
  const kind: AddressClass = classifyAddress(address)
  if (kind === 'public') return true
  if (kind === 'loopback') return rules.allowLoopback
  return kind === 'private' && (allowsHost(rules, host) || allowsNetwork(rules, address))
}

function allowsHost(rules: OutgoingRules, host: string): boolean {
  return rules.hosts.has(host) || rules.suffixes.some((suffix) => host.endsWith(suffix))
}

function allowsNetwork(rules: OutgoingRules, address: string): boolean {
  const bytes = parseIp(address)
  return bytes !== undefined && rules.networks.some((network) => isInNetwork(unwrapIpv4(bytes), network))
}
