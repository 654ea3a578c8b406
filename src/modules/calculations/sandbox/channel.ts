import { readSync, writeSync } from 'node:fs'
import { decodeFrame, encodeFrame, type Frame, frameLength } from './frame.ts'
import type { FromInterpreter } from './protocol.ts'

const INPUT = 0
const OUTPUT = 1
const LARGEST_INPUT = 2 ** 31
const PREFIX_BYTES = 8

// Taken before the process is sealed, which replaces the functions of node:fs.
const read = readSync
const write = writeSync
const wait = Atomics.wait.bind(Atomics)
const exit: unknown = Reflect.get(process, 'reallyExit')
const idle = new Int32Array(new SharedArrayBuffer(4))

/** Waits for the next frame from the server. Blocking, so that nothing a snippet scheduled ever runs. */
export function readFrame(): Frame {
  const prefix = new Uint8Array(PREFIX_BYTES)
  fill(prefix, 0)
  const frame = new Uint8Array(frameLength(prefix, LARGEST_INPUT))
  frame.set(prefix)
  fill(frame, PREFIX_BYTES)
  return decodeFrame(frame)
}

/** Returns when the server's end has taken every byte, so that what is said survives a kill. */
export function sendFrame(message: FromInterpreter, blobs: readonly Uint8Array[] = []): void {
  for (const part of encodeFrame(message, blobs)) {
    let sent = 0
    while (sent < part.byteLength) {
      sent += retrying(() => write(OUTPUT, part, sent, part.byteLength - sent))
    }
  }
}

export function leave(code: number): never {
  if (typeof exit === 'function') Reflect.apply(exit, process, [code])
  throw new Error('the process has ended')
}

function fill(target: Uint8Array, from: number): void {
  let filled = from
  while (filled < target.byteLength) {
    const taken = retrying(() => read(INPUT, target, filled, target.byteLength - filled, null))
    // The server is gone.
    if (taken === 0) leave(0)
    filled += taken
  }
}

/** Some systems give pipes that do not block: then the call is repeated every millisecond. */
function retrying(call: () => number): number {
  for (;;) {
    try {
      return call()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE' || code === 'EOF') leave(0)
      if (code !== 'EAGAIN') throw error
      wait(idle, 0, 0, 1)
    }
  }
}
