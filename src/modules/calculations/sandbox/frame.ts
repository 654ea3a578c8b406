/** One message between the server and an interpreter: JSON, with binary parts behind it. */
export type Frame = { readonly message: unknown; readonly blobs: readonly Uint8Array[] }

const PREFIX_BYTES = 8

/**
 * The parts of a frame, to be written one after the other: blobs are not copied.
 *
 * Layout: length of the JSON text and of all blobs as unsigned 32-bit little-endian, the text, the blobs.
 */
export function encodeFrame(message: unknown, blobs: readonly Uint8Array[] = []): readonly Uint8Array[] {
  const text = new TextEncoder().encode(
    JSON.stringify({ message, blobs: blobs.map((blob) => blob.byteLength) }),
  )
  const head = new Uint8Array(PREFIX_BYTES + text.byteLength)
  const view = new DataView(head.buffer)
  view.setUint32(0, text.byteLength, true)
  view.setUint32(
    4,
    blobs.reduce((total, blob) => total + blob.byteLength, 0),
    true,
  )
  head.set(text, PREFIX_BYTES)
  return [head, ...blobs.filter((blob) => blob.byteLength > 0)]
}

export type FrameReader = {
  /** Takes the next bytes and gives the frames they complete. Throws on a frame over the limit or malformed. */
  readonly push: (chunk: Uint8Array) => Frame[]
}

/** Reads frames from a stream of chunks cut anywhere. */
export function createFrameReader(mostBytes: number): FrameReader {
  let chunks: Uint8Array[] = []
  let available = 0
  let wanted = PREFIX_BYTES
  return {
    push(chunk) {
      chunks.push(chunk)
      available += chunk.byteLength
      const frames: Frame[] = []
      while (available >= wanted) {
        const bytes = concatenate(chunks, available)
        chunks = [bytes]
        const length = frameLength(bytes, mostBytes)
        wanted = length
        if (available < length) break
        frames.push(decodeFrame(bytes.subarray(0, length)))
        const rest = bytes.subarray(length)
        chunks = [rest]
        available = rest.byteLength
        wanted = PREFIX_BYTES
      }
      return frames
    },
  }
}

/** The bytes of the whole frame that begins with this prefix. */
export function frameLength(prefix: Uint8Array, mostBytes: number): number {
  const view = new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES)
  const length = PREFIX_BYTES + view.getUint32(0, true) + view.getUint32(4, true)
  if (length > mostBytes) throw new Error(`a frame of ${length} bytes is longer than ${mostBytes}`)
  return length
}

export function decodeFrame(frame: Uint8Array): Frame {
  const view = new DataView(frame.buffer, frame.byteOffset, PREFIX_BYTES)
  const headerEnd = PREFIX_BYTES + view.getUint32(0, true)
  const header: unknown = JSON.parse(new TextDecoder().decode(frame.subarray(PREFIX_BYTES, headerEnd)))
  if (!isHeader(header)) throw new Error('a frame without a header')
  let offset = headerEnd
  const blobs = header.blobs.map((length) => {
    offset += length
    return frame.subarray(offset - length, offset)
  })
  if (offset !== frame.byteLength) throw new Error('a frame whose parts do not add up')
  return { message: header.message, blobs }
}

function isHeader(value: unknown): value is { message: unknown; blobs: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'message' in value &&
    'blobs' in value &&
    Array.isArray(value.blobs) &&
    value.blobs.every((length) => Number.isSafeInteger(length) && length >= 0)
  )
}

function concatenate(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const [first] = chunks
  if (chunks.length === 1 && first) return first
  const whole = new Uint8Array(bytes)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.byteLength
  }
  return whole
}
