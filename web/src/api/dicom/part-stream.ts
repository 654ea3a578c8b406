/** Takes a stream of parts apart: two lengths in 32 bits little endian, a head in JSON, a payload. */
export interface PartReader {
  readonly push: (chunk: Uint8Array) => void
  /** Whether nothing is left over. */
  readonly isComplete: () => boolean
}

const LENGTHS = 8

export function openPartReader(onPart: (head: unknown, payload: Uint8Array) => void): PartReader {
  let chunks: Uint8Array[] = []
  let size = 0
  let wanted = LENGTHS

  /** The first bytes, as a copy of their own so that words lie where typed arrays want them. */
  const take = (count: number): Uint8Array => {
    const taken = new Uint8Array(count)
    let at = 0
    while (at < count) {
      const chunk = chunks[0]
      if (chunk === undefined) break
      const part = chunk.subarray(0, count - at)
      taken.set(part, at)
      at += part.length
      if (part.length === chunk.length) chunks.shift()
      else chunks[0] = chunk.subarray(part.length)
    }
    size -= count
    return taken
  }
  const takePart = (head: number, payload: number): void => {
    const text = new TextDecoder().decode(take(head))
    onPart(JSON.parse(text), take(payload))
  }

  let lengths: readonly [number, number] | undefined
  return {
    push: (chunk) => {
      chunks = [...chunks, chunk]
      size += chunk.length
      while (size >= wanted) {
        if (lengths === undefined) {
          const view = new DataView(take(LENGTHS).buffer)
          lengths = [view.getUint32(0, true), view.getUint32(4, true)]
          wanted = lengths[0] + lengths[1]
        } else {
          takePart(...lengths)
          lengths = undefined
          wanted = LENGTHS
        }
      }
    },
    isComplete: () => size === 0 && lengths === undefined,
  }
}
