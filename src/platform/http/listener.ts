import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Longest request line and headers together: old clients put whole queries there. */
const MAX_HEADER_BYTES = 128 * 1024

/** Longer than proxies keep idle connections, so that none of them writes into one that is being closed. */
const KEEP_ALIVE_MS = 72_000

/** Sockets that listen for HTTP. */
export type Listener = {
  readonly port: number
  /** takes no more connections, and ends when the requests that are under way are answered */
  close(): Promise<void>
}

/**
 * Listens on every address of a host: `localhost` means both loopback addresses, and documents say `localhost`.
 *
 * @param port 0 for any free one
 * @throws the system's error where the first address cannot be listened on; later ones may be missing
 */
export async function listenOn(handle: RequestListener, host: string, port: number): Promise<Listener> {
  const addresses = await lookup(host, { all: true })
  const [first, ...rest] = addresses
  if (!first) throw new Error(`${host} has no address`)
  const main = await listenAt(handle, first.address, port)
  const bound = (main.address() as AddressInfo).port
  const others = await Promise.allSettled(rest.map(({ address }) => listenAt(handle, address, bound)))
  const servers = [main, ...others.flatMap((other) => (other.status === 'fulfilled' ? [other.value] : []))]
  return {
    port: bound,
    close: async () => {
      await Promise.all(servers.map(closeServer))
    },
  }
}

async function listenAt(handle: RequestListener, host: string, port: number): Promise<Server> {
  // an upload may take longer than any limit on a whole request
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 },
    handle,
  )
  server.listen({ host, port })
  await once(server, 'listening')
  return server
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeIdleConnections()
  })
}
