import { randomUUID } from 'node:crypto'
import type { BlobStore, BlobStoreHealth } from './blob-store.ts'

/** Puts, reads and removes a few random bytes; a probe left by a crash is an orphan like any other. */
export async function probe(store: BlobStore): Promise<BlobStoreHealth> {
  const bytes = Buffer.from(randomUUID())
  try {
    const { sha256 } = await store.put(bytes, { maxBytes: bytes.length })
    const same = (await store.read(sha256, bytes.length)).equals(bytes)
    await store.delete(sha256)
    return same
      ? { status: 'ok' }
      : { status: 'failed', problem: 'It returns other bytes than were written.' }
  } catch (error) {
    return { status: 'failed', problem: error instanceof Error ? error.message : String(error) }
  }
}
