import { expect, it } from 'vitest'
import { readZipText } from './zip-entry.ts'

async function deflated(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Numbers of 16 or 32 bits in little endian. */
function words(...numbers: readonly (readonly [bits: 16 | 32, value: number])[]): Uint8Array {
  return Uint8Array.from(
    numbers.flatMap(([bits, value]) =>
      Array.from({ length: bits / 8 }, (_, byte) => (value >>> (byte * 8)) & 0xff),
    ),
  )
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A ZIP archive of one entry (PKWARE APPNOTE 4.3), stored (0) or deflated (8). */
function zipOf(name: string, packed: Uint8Array, method: 0 | 8): Blob {
  const facts = words([16, 20], [16, 0], [16, method], [32, 0], [32, 0], [32, packed.length], [32, 0])
  const names = words([16, name.length], [16, 0])
  const local = [words([32, 0x04034b50]), facts, names, encode(name), packed]
  const localBytes = local.reduce((sum, part) => sum + part.length, 0)
  const rest = words([16, 0], [16, 0], [16, 0], [32, 0], [32, 0])
  const central = [words([32, 0x02014b50], [16, 20]), facts, names, rest, encode(name)]
  const centralBytes = central.reduce((sum, part) => sum + part.length, 0)
  const end = words(
    [32, 0x06054b50],
    [32, 0],
    [16, 1],
    [16, 1],
    [32, centralBytes],
    [32, localBytes],
    [16, 0],
  )
  return new Blob([...local, ...central, end].map((part) => new Uint8Array(part)))
}

it('finds an entry by its name, stored or deflated', async () => {
  const text = '{"files":["ä"]}'
  expect(await readZipText(zipOf('report.json', await deflated(text), 8), 'report.json')).toBe(text)
  expect(await readZipText(zipOf('report.json', encode(text), 0), 'report.json')).toBe(text)
  expect(await readZipText(zipOf('report.json', encode(text), 0), 'other')).toBeUndefined()
})

it('finds nothing in what is no archive', async () => {
  expect(await readZipText(new Blob(['no archive at all, though long enough']), 'x')).toBeUndefined()
})
