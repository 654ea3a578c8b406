/** The buffers of a message that can be moved to another thread: those that one view covers wholly. */
export function transferablesOf(message: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>()
  collect(message, found, 0)
  return [...found]
}

/** Messages are shallow: a job, its frame, its plan. */
const MOST_DEPTH = 4

function collect(value: unknown, found: Set<ArrayBuffer>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return
  if (ArrayBuffer.isView(value)) {
    const { buffer } = value
    if (buffer instanceof ArrayBuffer && buffer.byteLength === value.byteLength) found.add(buffer)
    return
  }
  for (const inner of Object.values(value)) collect(inner, found, depth + 1)
}
