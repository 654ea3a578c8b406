import crypto, { createHash } from 'node:crypto'

/** Python computes in nanoseconds, which a double cannot hold exactly, and rounds down. */
const HALF_MICROSECOND_MS = 0.0005

let instant = Date.now()
let seed = ''
let counter = 0

/**
 * Replaces the clock and every source of randomness of this process. Python takes the date, the time and
 * `os.urandom` from here; timers that measure durations go on.
 */
export function installDeterminism(): void {
  Date.now = () => instant + HALF_MICROSECOND_MS
  Math.random = () => new DataView(takeBytes(8).buffer).getUint32(0) / 2 ** 32
  Object.assign(crypto, { randomFillSync: fillBytes })
  Object.assign(crypto.webcrypto, { getRandomValues: fillBytes })
}

/** Sets what the clock shows, in milliseconds since 1970. */
export function setInstant(at: number): void {
  instant = at
}

/** Restarts the stream of random bytes. */
export function setSeed(text: string): void {
  seed = text
  counter = 0
}

function fillBytes<View extends ArrayBufferView>(view: View): View {
  const target = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  target.set(takeBytes(target.byteLength))
  return view
}

function takeBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let offset = 0; offset < length; offset += 32) {
    const block = createHash('sha256').update(`${counter}:${seed}`).digest()
    bytes.set(block.subarray(0, length - offset), offset)
    counter++
  }
  return bytes
}
