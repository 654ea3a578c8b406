import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import type { BlobStore } from './blob-store.ts'
import { type BlobStoreConfig, openBlobStore } from './open-blob-store.ts'

/** s3rver has no types of its own. */
type S3Server = { run(): Promise<{ port: number }>; close(): Promise<void> }
type S3ServerConstructor = new (options: Record<string, unknown>) => S3Server
const S3rver: S3ServerConstructor = createRequire(import.meta.url)('s3rver')

type StoreUnderTest = { readonly config: BlobStoreConfig; readonly spool: string; close(): Promise<void> }

async function folderStore(): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'blobs-'))
  return {
    config: { kind: 'folder', folder },
    spool: join(folder, 'incoming'),
    close: () => rm(folder, { recursive: true }),
  }
}

async function s3Store(): Promise<StoreUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'blobs-s3-'))
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 'server'),
    configureBuckets: [{ name: 'lab' }],
  })
  const { port } = await server.run()
  const spool = join(folder, 'spool')
  return {
    config: {
      kind: 's3',
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: 'lab',
      prefix: '/files/',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      spoolFolder: spool,
    },
    spool,
    async close(): Promise<void> {
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const ABSENT = sha256(Buffer.from('never stored'))
const ANY_SIZE = { maxBytes: 1 << 30 }

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
  throw new Error('was not refused')
}

describe.each([
  ['a local folder', folderStore],
  ['an S3-compatible store', s3Store],
])('blobs in %s', (_name, makeStore) => {
  let made: StoreUnderTest
  let store: BlobStore

  beforeAll(async () => {
    made = await makeStore()
    store = await openBlobStore(made.config)
  })
  afterAll(async () => {
    await store.close()
    await made.close()
  })

  async function list(): Promise<Map<string, number>> {
    const sizes = new Map<string, number>()
    for await (const entry of store.list()) sizes.set(entry.sha256, entry.size)
    return sizes
  }

  it.each([
    ['an empty content', Buffer.alloc(0)],
    ['one byte', Buffer.from([0])],
    ['text', Buffer.from('Größe 3 µGy')],
    ['more than one part of a multipart upload', randomBytes(6_000_001)],
  ])('returns %s as it was put', async (_what, bytes) => {
    const stored = await store.put(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]), ANY_SIZE)
    expect(stored).toEqual({ sha256: sha256(bytes), size: bytes.length })
    expect((await buffer(await store.open(stored.sha256))).equals(bytes)).toBe(true)
    expect((await store.read(stored.sha256, bytes.length)).equals(bytes)).toBe(true)
    expect(await store.exists(stored.sha256)).toBe(true)
    expect((await list()).get(stored.sha256)).toBe(bytes.length)
  })

  it.each([
    [{ start: 0, end: 1 }, '01'], // s3rver takes an end of 0 for none
    [{ start: 2, end: 4 }, '234'],
    [{ start: 8 }, '89'],
    [{ start: 8, end: 100 }, '89'],
  ])('reads the range %o', async (range, expected) => {
    const stored = await store.put(Buffer.from('0123456789'), ANY_SIZE)
    expect(String(await buffer(await store.open(stored.sha256, range)))).toBe(expected)
  })

  it('refuses a range behind the end', async () => {
    const stored = await store.put(Buffer.from('0123456789'), ANY_SIZE)
    expect(await refusalOf(store.open(stored.sha256, { start: 10 }))).toMatchObject({
      kind: 'invalid-input',
      problems: [{ field: 'range' }],
    })
  })

  it('refuses a source that is one byte too long, and accepts one of exactly the limit', async () => {
    const bytes = randomBytes(100_000)
    const limits = { maxBytes: bytes.length - 1 }
    const before = await list()
    expect(await refusalOf(store.put(Readable.from([bytes]), limits))).toEqual({
      kind: 'invalid-input',
      problems: [{ field: 'file', problem: 'This file is larger than the allowed 99999 bytes.' }],
    })
    // by name: the store that plays S3 may still be writing what an earlier test put
    expect([...(await list()).keys()]).toEqual([...before.keys()])
    expect(await readdir(made.spool)).toEqual([])
    expect((await store.put(bytes, { maxBytes: bytes.length })).size).toBe(bytes.length)
  })

  it('stops an endless source at the limit', async () => {
    let given = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          given += 65_536
          yield Buffer.alloc(65_536)
        }
      })(),
    )
    expect(await refusalOf(store.put(endless, { maxBytes: 1_000_000 }))).toMatchObject({
      kind: 'invalid-input',
    })
    expect(endless.destroyed).toBe(true)
    expect(given).toBeLessThan(3_000_000)
  })

  it('leaves nothing behind when the source fails or is cut off', async () => {
    const before = await list()
    const failing = Readable.from(
      (function* () {
        yield Buffer.from('first part')
        throw new Error('line dropped')
      })(),
    )
    await expect(store.put(failing, ANY_SIZE)).rejects.toThrow('line dropped')

    const cut = new Readable({ read: () => undefined })
    cut.push('first part')
    const put = store.put(cut, ANY_SIZE)
    cut.destroy()
    await expect(put).rejects.toThrow('Premature close')
    expect(await list()).toEqual(before)
    expect(await readdir(made.spool)).toEqual([])
  })

  it('takes concurrent puts of the same content', async () => {
    const bytes = randomBytes(200_000)
    const all = await Promise.all(
      Array.from({ length: 8 }, () => store.put(Readable.from([bytes]), ANY_SIZE)),
    )
    expect(new Set(all.map((stored) => stored.sha256))).toEqual(new Set([sha256(bytes)]))
    expect((await store.read(sha256(bytes), bytes.length)).equals(bytes)).toBe(true)
    expect(await readdir(made.spool)).toEqual([])
  })

  it('says what is not there', async () => {
    const missing = { kind: 'not-found', what: 'file content', id: ABSENT }
    expect(await store.exists(ABSENT)).toBe(false)
    expect(await refusalOf(store.open(ABSENT))).toEqual(missing)
    expect(await refusalOf(store.read(ABSENT, 10))).toEqual(missing)
    expect(await store.delete(ABSENT)).toBe(false)
  })

  it('refuses to read into memory more than asked for', async () => {
    const { sha256: name } = await store.put(Buffer.from('0123456789'), ANY_SIZE)
    expect(await refusalOf(store.read(name, 9))).toMatchObject({ kind: 'invalid-input' })
  })

  it.each(['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(63)}/`, `${'a'.repeat(64)}\n`])(
    'refuses the name %j',
    async (name) => {
      const refused = { kind: 'invalid-input', problems: [{ field: 'sha256' }] }
      expect(await refusalOf(store.open(name))).toMatchObject(refused)
      expect(await refusalOf(store.read(name, 1))).toMatchObject(refused)
      expect(await refusalOf(store.exists(name))).toMatchObject(refused)
      expect(await refusalOf(store.delete(name))).toMatchObject(refused)
    },
  )

  it('deletes, unless the content was put again meanwhile', async () => {
    const { sha256: name } = await store.put(Buffer.from('to be deleted'), ANY_SIZE)
    expect(await store.delete(name, { unlessPutSince: new Date(Date.now() - 60_000) })).toBe(false)
    expect(await store.exists(name)).toBe(true)
    expect(await store.delete(name, { unlessPutSince: new Date(Date.now() + 60_000) })).toBe(true)
    expect(await store.exists(name)).toBe(false)
    expect((await list()).has(name)).toBe(false)
  })

  it('lists when a content was put', async () => {
    const { sha256: name } = await store.put(Buffer.from('when'), ANY_SIZE)
    const times: number[] = []
    for await (const entry of store.list()) {
      if (entry.sha256 === name) times.push(entry.modifiedAt.getTime())
    }
    expect(times.map((time) => Math.abs(time - Date.now()) < 60_000)).toEqual([true])
  })

  it('sweeps what a crash left in the spool, and only what is old', async () => {
    const old = join(made.spool, 'old')
    const recent = join(made.spool, 'recent')
    await writeFile(old, 'x')
    await writeFile(recent, 'x')
    await utimes(old, new Date(0), new Date(0))
    expect(await store.sweepUnfinished(new Date(1000))).toBe(1)
    expect(await readdir(made.spool)).toEqual(['recent'])
    await rm(recent)
  })

  it('reports health by writing, reading and removing', async () => {
    const before = await list()
    expect(await store.check()).toEqual({ status: 'ok' })
    expect(await list()).toEqual(before)
  })
})

describe('a blob store that does not work', () => {
  it('reports a folder that is gone', async () => {
    const made = await folderStore()
    const store = await openBlobStore(made.config)
    await made.close()
    expect(await store.check()).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('ENOENT'),
    })
  })

  it('reports an object store that nobody answers for, and refuses with upstream-failed', async () => {
    const made = await s3Store()
    const store = await openBlobStore(made.config)
    await made.close()
    await mkdir(made.spool, { recursive: true })
    expect(await refusalOf(store.exists(ABSENT))).toMatchObject({
      kind: 'upstream-failed',
      source: 'object store, bucket lab',
    })
    expect(await store.check()).toMatchObject({ status: 'failed' })
    await store.close()
    await rm(join(made.spool, '..'), { recursive: true })
  })
})
