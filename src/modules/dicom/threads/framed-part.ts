/**
 * One part of a stream that mixes facts and bytes: two lengths in 32 bits little endian (of the head and of the
 * payload), the head in JSON, the payload as it is.
 */
export function framedPart(
  head: Readonly<Record<string, unknown>>,
  payload: Uint8Array = new Uint8Array(),
): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(text.length, 0)
  lengths.writeUInt32LE(payload.length, 4)
  return Buffer.concat([lengths, text, payload])
}
