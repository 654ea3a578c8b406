const END = 0x06054b50
const CENTRAL = 0x02014b50
const END_BYTES = 22
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30

/**
 * The text of one entry of a small ZIP archive that our own server made (PKWARE APPNOTE 4.3): stored or deflated.
 *
 * @returns undefined where there is no such entry
 */
export async function readZipText(archive: Blob, name: string): Promise<string | undefined> {
  const bytes = await archive.arrayBuffer()
  const view = new DataView(bytes)
  for (const entry of listEntries(view)) {
    if (entry.name !== name) continue
    const local = entry.headerAt
    const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const packed = new Blob([bytes.slice(start, start + entry.packedBytes)])
    if (entry.method === 0) return packed.text()
    return new Response(packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
  }
  return undefined
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly headerAt: number
}

function listEntries(view: DataView): readonly Entry[] {
  const end = findEnd(view)
  if (end === undefined) return []
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  while (at + CENTRAL_BYTES <= view.byteLength && view.getUint32(at, true) === CENTRAL) {
    const nameBytes = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(new Uint8Array(view.buffer, at + CENTRAL_BYTES, nameBytes)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    })
    at += CENTRAL_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - END_BYTES; at >= 0; at -= 1) if (view.getUint32(at, true) === END) return at
  return undefined
}
