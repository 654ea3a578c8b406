import { setTimeout as delay } from 'node:timers/promises'
import pg, { type ClientConfig } from 'pg'
import { requireChannel } from '../local-notifications.ts'

/**
 * LISTEN on one connection of its own, opened when first needed and again when it breaks. What is sent while it
 * is broken is lost: listeners must treat messages as hints.
 */
export type PostgresListener = {
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

const LONGEST_PAUSE_MS = 10_000

export function postgresListener(config: ClientConfig): PostgresListener {
  const listeners = new Map<string, Set<(payload: string) => void>>()
  let connecting: Promise<pg.Client> | undefined
  const closing = new AbortController()

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...config, keepAlive: true })
    client.on('notification', ({ channel, payload }) => {
      for (const onMessage of listeners.get(channel) ?? []) onMessage(payload ?? '')
    })
    // A broken connection reports an error and ends; the end is what is acted upon.
    client.on('error', () => undefined)
    await client.connect()
    client.on('end', () => {
      connecting = undefined
      if (!closing.signal.aborted) void reconnect()
    })
    for (const channel of listeners.keys()) await client.query(`listen "${channel}"`)
    return client
  }

  function connected(): Promise<pg.Client> {
    connecting ??= connect().catch((error: unknown) => {
      connecting = undefined
      throw error
    })
    return connecting
  }

  async function reconnect(): Promise<void> {
    for (let pauseMs = 100; !closing.signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const reached = await connected().then(
        () => true,
        () => false,
      )
      if (reached) return
      // Cut short by close(), after which the loop ends.
      await delay(pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
    }
  }

  async function listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>> {
    requireChannel(channel)
    // A listener of its own per call, so that the same function may listen twice.
    const receive = (payload: string) => onMessage(payload)
    const before = listeners.get(channel)
    const all = before ?? new Set()
    all.add(receive)
    listeners.set(channel, all)
    const client = await connected()
    if (!before) await client.query(`listen "${channel}"`)
    return () => stop(channel, receive)
  }

  async function stop(channel: string, receive: (payload: string) => void): Promise<void> {
    const all = listeners.get(channel)
    all?.delete(receive)
    if (!all || all.size > 0 || closing.signal.aborted) return
    listeners.delete(channel)
    const client = await connected()
    await client.query(`unlisten "${channel}"`)
  }

  async function close(): Promise<void> {
    closing.abort()
    listeners.clear()
    const client = await connecting?.catch(() => undefined)
    await client?.end()
  }

  return { listen, close }
}
