import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { RefusedError } from '../../core/refusal.ts'
import { classifyAddress } from './address-class.ts'
import { parseIp } from './ip-address.ts'
import { mayConnect, OUTGOING_ALLOW_SETTING, type OutgoingRules } from './outgoing-rules.ts'

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

const resolveBySystem: Resolve = (host) => lookup(host, { all: true })

/** The host of an address as the rules know it: lower case, without brackets and without the final dot. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase()
}

/**
 * Resolves a host once and keeps the addresses that may be connected to; the connection is then pinned to them, so
 * that a second answer of the name server changes nothing.
 *
 * @throws RefusedError `upstream-failed`, naming the host and, where it helps, the setting; never the address found,
 *   which would describe the inner network to whoever may enter addresses
 */
export async function resolveAllowed(
  host: string,
  rules: OutgoingRules,
  resolve: Resolve = resolveBySystem,
): Promise<readonly LookupAddress[]> {
  const literal = parseIp(host)
  const found = literal ? [{ address: host, family: literal.length === 4 ? 4 : 6 }] : await resolve(host)
  const allowed = found.filter(({ address }) => mayConnect(rules, host, address))
  if (allowed.length > 0) return allowed
  throw new RefusedError({ kind: 'upstream-failed', source: host, reason: explain(found) })
}

function explain(found: readonly LookupAddress[]): string {
  if (found.length === 0) return 'This host name has no address.'
  if (found.some(({ address }) => classifyAddress(address) === 'private')) {
    return `This host is on a private network. An administrator can allow it with ${OUTGOING_ALLOW_SETTING}.`
  }
  return 'This host is not to be reached from here: its address is a local or reserved one.'
}
