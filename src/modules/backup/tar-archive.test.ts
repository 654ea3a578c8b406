import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ArchiveEntry, readTar, writeTar } from './tar-archive.ts'

const AT = new Date('2026-11-21T07:42:00Z')

async function* entries(files: readonly (readonly [string, Buffer])[]): AsyncGenerator<ArchiveEntry> {
  for (const [name, bytes] of files) yield { name, size: bytes.length, content: chunked(bytes, 700) }
}

async function* chunked(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length)
}

async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

async function readAll(bytes: Buffer, chunkLength = 333): Promise<[string, string][]> {
  const read: [string, string][] = []
  for await (const { name, content } of readTar(chunked(bytes, chunkLength)))
    read.push([name, (await collect(content)).toString('latin1')])
  return read
}

it('reads what it wrote, whatever the lengths', async () => {
  const bytes = fc.uint8Array({ maxLength: 1500 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(bytes, { maxLength: 4 }),
      fc.integer({ min: 1, max: 1400 }),
      async (contents, length) => {
        const files = contents.map((content, index) => [`files/${index}`, Buffer.from(content)] as const)
        const tar = await collect(writeTar(entries(files), AT))
        expect(await readAll(tar, length)).toEqual(
          files.map(([name, content]) => [name, content.toString('latin1')]),
        )
      },
    ),
  )
})

it('skips what nobody reads', async () => {
  const tar = await collect(
    writeTar(
      entries([
        ['a', Buffer.alloc(2000)],
        ['b', Buffer.from('x')],
      ]),
      AT,
    ),
  )
  const names: string[] = []
  for await (const { name } of readTar(chunked(tar, 100))) names.push(name)
  expect(names).toEqual(['a', 'b'])
})

it('is read by the tar of the system', async (test) => {
  const tar = await collect(writeTar(entries([['files/ab/x', Buffer.from('hello')]]), AT))
  const listed = spawnSync('tar', ['-tvf', '-'], { input: tar, encoding: 'utf8' })
  if (listed.error) return test.skip('no tar is installed here')
  expect(listed.stdout).toMatch(/^-rw-------.* 5 2026-11-21 .*files\/ab\/x\n$/)
})

it('refuses damaged archives and never hangs', async () => {
  const whole = await collect(
    writeTar(
      entries([
        ['a', Buffer.alloc(1000, 7)],
        ['b', Buffer.from('x')],
      ]),
      AT,
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const damaged = Buffer.from(whole)
      damaged[at] = (damaged[at] ?? 0) ^ change
      await readAll(damaged).catch((error: unknown) => {
        expect(error).toMatchObject({ refusal: { kind: 'invalid-input' } })
      })
    }),
    { numRuns: 300 },
  )
  for (const length of [0, 100, 512, 1000, 2047]) {
    await expect(readAll(whole.subarray(0, length))).rejects.toMatchObject({
      refusal: { kind: 'invalid-input' },
    })
  }
})

it('does not write a content of another length than it said', async () => {
  async function* lying(): AsyncGenerator<ArchiveEntry> {
    yield { name: 'a', size: 3, content: chunked(Buffer.from('four'), 4) }
  }
  await expect(collect(writeTar(lying(), AT))).rejects.toThrow('a has 4 bytes instead of 3')
})
