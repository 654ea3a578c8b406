import { EventEmitter } from 'node:events'

/** Notifications within one process, delivered after the current turn of the event loop. */
export type LocalNotifications = {
  notify(channel: string, payload: string): Promise<void>
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
}

export const PAYLOAD_LIMIT_BYTES = 8000

export function localNotifications(): LocalNotifications {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)

  async function notify(channel: string, payload: string): Promise<void> {
    requireDeliverable(channel, payload)
    setImmediate(() => emitter.emit(`channel ${channel}`, payload))
  }

  async function listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>> {
    const receive = (payload: string) => onMessage(payload)
    requireChannel(channel)
    emitter.on(`channel ${channel}`, receive)
    return async () => {
      emitter.off(`channel ${channel}`, receive)
    }
  }

  return { notify, listen }
}

/** @throws TypeError for what PostgreSQL would not deliver unchanged */
export function requireDeliverable(channel: string, payload: string): void {
  requireChannel(channel)
  if (Buffer.byteLength(payload) >= PAYLOAD_LIMIT_BYTES) {
    throw new TypeError('A notification carries ids, not contents: under 8000 bytes.')
  }
}

export function requireChannel(channel: string): void {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(channel)) throw new TypeError(`${channel} is not a channel name.`)
}
