import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { BlobStore } from '../../platform/blobs/blob-store.ts'
import { openBlobStore } from '../../platform/blobs/open-blob-store.ts'
import { sweepOrphans } from './sweep-orphans.ts'

let folder: string
let blobs: BlobStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-sweep-'))
  blobs = await openBlobStore({ kind: 'folder', folder })
})

afterEach(async () => {
  await blobs.close()
  await rm(folder, { recursive: true })
})

async function put(text: string, ageHours: number): Promise<string> {
  const { sha256 } = await blobs.put(Buffer.from(text), { maxBytes: 100 })
  const when = new Date(Date.now() - ageHours * 3_600_000)
  const files = await readdir(folder, { recursive: true })
  const path = files.find((file) => file.endsWith(sha256))
  if (path === undefined) throw new Error('the content is not where it should be')
  await utimes(join(folder, path), when, when)
  return sha256
}

it('removes what nothing names, and only once it is a day old', async () => {
  const [used, young, orphan] = [await put('used', 48), await put('young', 1), await put('orphan', 48)]
  // the sweep needs nothing of a context but these two
  const ctx = { blobs, now: () => new Date() } as Context
  const removed = await sweepOrphans(ctx, [async () => new Set([used]), async () => new Set<string>()])
  expect(removed).toBe(1)
  expect(await Promise.all([used, young, orphan].map((content) => blobs.exists(content)))).toEqual([
    true,
    true,
    false,
  ])
})
