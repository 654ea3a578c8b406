import { BlockList, isIP } from 'node:net'

/**
 * Reads addresses and networks (`192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`) of the configuration.
 *
 * @throws Error naming every entry that is neither
 */
export function parseAddressList(entries: readonly string[]): BlockList {
  const list = new BlockList()
  const wrong = entries.filter((entry) => !add(list, entry))
  if (wrong.length > 0) throw new Error(`These are neither addresses nor networks: ${wrong.join(', ')}`)
  return list
}

export function isListedAddress(list: BlockList, address: string | undefined): boolean {
  const family = address === undefined ? 0 : isIP(address)
  return address !== undefined && family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function add(list: BlockList, entry: string): boolean {
  const [address = '', length, ...rest] = entry.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  if (length === undefined) {
    list.addAddress(address, type)
    return true
  }
  if (!/^\d{1,3}$/.test(length) || Number(length) > (family === 4 ? 32 : 128)) return false
  list.addSubnet(address, Number(length), type)
  return true
}
