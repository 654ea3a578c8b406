/**
 * Bytes with random access, so that a file of gigabytes is read without holding it in memory.
 * `memory` is the whole content when it is there anyway; `read` returns what lies in [start, end), cut at the end.
 */
export type ByteSource = {
  readonly size: number
  readonly memory: Buffer | undefined
  readonly read: (start: number, end: number) => Buffer
}

export function memorySource(bytes: Uint8Array): ByteSource {
  const memory = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return { size: memory.length, memory, read: (start, end) => memory.subarray(start, end) }
}

/** The part of a source that a reader walks through at the moment; all of it for a source in memory. */
export type ByteWindow = {
  readonly source: ByteSource
  bytes: Buffer
  /** Place of `bytes[0]` in the source. */
  start: number
}

/** What one read brings in from a source that is not in memory. */
const WINDOW_BYTES = 64 * 1024

export function openWindow(source: ByteSource): ByteWindow {
  return { source, bytes: source.memory ?? Buffer.alloc(0), start: 0 }
}

/** Makes `[at, at + count)` readable; false if the source ends before. */
export function bringIn(window: ByteWindow, at: number, count: number): boolean {
  if (at >= window.start && at + count <= window.start + window.bytes.length) return true
  if (at + count > window.source.size) return false
  window.bytes = window.source.read(at, Math.min(at + Math.max(WINDOW_BYTES, count), window.source.size))
  window.start = at
  return true
}
