import type { Readable } from 'node:stream'
import { invalidInput } from '../../core/refusal.ts'

/** What may be stored at once; a source that turns out longer is refused and leaves nothing behind. */
export type PutLimits = { readonly maxBytes: number }

/** Bytes `start` to `end`, both included, counted from 0; without `end`, to the last one. */
export type ByteRange = { readonly start: number; readonly end?: number }

/** The name of a content is its SHA-256, in 64 lower-case hexadecimal digits. */
export type StoredBlob = { readonly sha256: string; readonly size: number }

/** One stored content as the sweep of orphans sees it; `modifiedAt` is renewed by every put of the same content. */
export type BlobEntry = StoredBlob & { readonly modifiedAt: Date }

export type BlobStoreHealth =
  | { readonly status: 'ok' }
  | { readonly status: 'failed'; readonly problem: string }

/**
 * Content-addressed storage of bytes. What `put` has answered is durable; the same content put twice is stored
 * once; a put that fails at any point stores nothing. All methods refuse `upstream-failed` when the store itself
 * does not work, and `invalid-input` for a name that is no SHA-256.
 */
export type BlobStore = {
  /** @throws RefusedError `invalid-input` when the source is longer than `limits.maxBytes` */
  put(source: Readable | Buffer, limits: PutLimits): Promise<StoredBlob>
  /** @throws RefusedError `not-found`; `invalid-input` when the range starts behind the last byte */
  open(sha256: string, range?: ByteRange): Promise<Readable>
  /** The whole content in memory. @throws RefusedError `not-found`; `invalid-input` when it is longer than `maxBytes` */
  read(sha256: string, maxBytes: number): Promise<Buffer>
  exists(sha256: string): Promise<boolean>
  /** Where a content lies as a file that must not be changed; absent for a store that has no files. */
  localPath?(sha256: string): string
  /**
   * Removes a content; one that is not there is no failure.
   *
   * @param guard leaves the content alone when it was put again since that instant (the sweep of orphans passes
   *   the instant at which it looked up who refers to the content)
   * @returns whether something was removed
   */
  delete(sha256: string, guard?: { readonly unlessPutSince: Date }): Promise<boolean>
  /** Every stored content, in no particular order. */
  list(): AsyncIterable<BlobEntry>
  /** Removes what interrupted puts left behind before that instant. @returns how many files */
  sweepUnfinished(before: Date): Promise<number>
  /** Writes, reads and removes a probe. */
  check(): Promise<BlobStoreHealth>
  close(): Promise<void>
}

const SHA256 = /^[0-9a-f]{64}$/

export function isSha256(name: string): boolean {
  return SHA256.test(name)
}

/** @throws RefusedError `invalid-input`; keeps names such as `../../etc` away from paths and keys. */
export function requireSha256(name: string): void {
  if (!isSha256(name)) throw invalidInput('sha256', 'This is not a SHA-256 in hexadecimal digits.')
}

/** `abcdef…` → `ab/cd/abcdef…`: at most 65,536 folders, so that none of them grows beyond what tools can list. */
export function shardedName(sha256: string): string {
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}
