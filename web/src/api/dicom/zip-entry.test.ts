import { crc32, deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readZipText } from './zip-entry.ts'

/** A ZIP archive of entries, deflated or stored (PKWARE APPNOTE 4.3). */
function zipOf(entries: readonly { name: string; text: string; method: 0 | 8 }[]): Blob {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, text, method } of entries) {
    const content = Buffer.from(text)
    const packed = method === 8 ? deflateRawSync(content) : content
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(method, 4)
    facts.writeUInt32LE(crc32(content), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(content.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), facts, rest, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt32LE(at, 16)
  return new Blob([Buffer.concat([...locals, ...central, end])])
}

it('finds an entry by its name, stored or deflated', async () => {
  const archive = zipOf([
    { name: 'IM1.dcm', text: 'pixels', method: 0 },
    { name: 'report.json', text: '{"files":["ä"]}', method: 8 },
  ])
  expect(await readZipText(archive, 'report.json')).toBe('{"files":["ä"]}')
  expect(await readZipText(archive, 'IM1.dcm')).toBe('pixels')
  expect(await readZipText(archive, 'other')).toBeUndefined()
})

it('finds nothing in what is no archive', async () => {
  expect(await readZipText(new Blob(['no archive at all, though long enough']), 'x')).toBeUndefined()
})
