import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { AwsS3StorageAdapter } from '@flystorage/aws-s3'
import { FileStorage, isFile } from '@flystorage/file-storage'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import {
  type BlobEntry,
  type BlobStore,
  type ByteRange,
  isSha256,
  type PutLimits,
  requireSha256,
  type StoredBlob,
  shardedName,
} from './blob-store.ts'
import { probe } from './probe.ts'
import { prepareSpool, spool, sweepSpool } from './spool.ts'

export type S3BlobStoreConfig = {
  readonly kind: 's3'
  /** Address of an S3-compatible service; absent for Amazon's own. */
  readonly endpoint?: string
  readonly region: string
  readonly bucket: string
  /** Prefix of all keys, so that one bucket can serve several installations. */
  readonly prefix?: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Local folder where a content is hashed before it is uploaded: its name is not known earlier. */
  readonly spoolFolder: string
}

/**
 * Contents as objects of an S3-compatible store, `<prefix>/ab/cd/<sha256>`. An object appears only when its upload
 * is complete, so an interrupted put leaves at most a spool file and parts that the bucket's life cycle removes.
 */
export async function openS3BlobStore(config: S3BlobStoreConfig): Promise<BlobStore> {
  await prepareSpool(config.spoolFolder)
  const client = connect(config)
  const prefix = config.prefix?.replaceAll(/^\/+|\/+$/g, '') ?? ''
  const files = new FileStorage(new AwsS3StorageAdapter(client, { bucket: config.bucket, prefix }))
  const keyOf = (sha256: string): string => (prefix ? `${prefix}/` : '') + shardedName(sha256)

  const store: BlobStore = {
    async put(source: Readable | Buffer, limits: PutLimits): Promise<StoredBlob> {
      const { path, sha256, size } = await spool(source, config.spoolFolder, limits)
      try {
        await asUpstream(config, () =>
          files.write(shardedName(sha256), createReadStream(path), {
            size,
            mimeType: 'application/octet-stream',
          }),
        )
      } finally {
        await rm(path, { force: true })
      }
      return { sha256, size }
    },

    async open(sha256: string, range?: ByteRange): Promise<Readable> {
      requireSha256(sha256)
      const command = new GetObjectCommand({
        Bucket: config.bucket,
        Key: keyOf(sha256),
        ...(range && { Range: `bytes=${range.start}-${range.end ?? ''}` }),
      })
      const { Body } = await asUpstream(config, () => client.send(command), sha256)
      if (!(Body instanceof Readable)) throw new TypeError('The object store gave no stream.')
      return Body
    },

    async read(sha256: string, maxBytes: number): Promise<Buffer> {
      requireSha256(sha256)
      const size = await asUpstream(config, () => files.fileSize(shardedName(sha256)), sha256)
      if (size > maxBytes) throw invalidInput('file', `This content has more than ${maxBytes} bytes.`)
      return buffer(await store.open(sha256))
    },

    async exists(sha256: string): Promise<boolean> {
      requireSha256(sha256)
      return asUpstream(config, () => files.fileExists(shardedName(sha256)))
    },

    async delete(sha256: string, guard?: { readonly unlessPutSince: Date }): Promise<boolean> {
      requireSha256(sha256)
      return asUpstream(config, async () => {
        if (!(await files.fileExists(shardedName(sha256)))) return false
        // The store counts whole seconds: a put within the guard's second must count as later.
        const changed = await files.lastModified(shardedName(sha256))
        if (guard && changed + 999 >= guard.unlessPutSince.getTime()) return false
        await files.deleteFile(shardedName(sha256))
        return true
      })
    },

    list: () => listObjects(config, files),
    sweepUnfinished: (before: Date) => sweepSpool(config.spoolFolder, before),
    check: () => probe(store),
    close: async () => client.destroy(),
  }
  return store
}

function connect(config: S3BlobStoreConfig): S3Client {
  return new S3Client({
    region: config.region,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Compatible services rarely know the newer checksum trailers, nor a host name per bucket.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
    ...(config.endpoint && { endpoint: config.endpoint, forcePathStyle: true }),
  })
}

async function* listObjects(config: S3BlobStoreConfig, files: FileStorage): AsyncGenerator<BlobEntry> {
  const entries = files.list('', { deep: true })[Symbol.asyncIterator]()
  for (;;) {
    const { value: entry, done } = await asUpstream(config, () => entries.next())
    if (done || !entry) return
    const sha256 = entry.path.slice(entry.path.lastIndexOf('/') + 1)
    if (!isFile(entry) || !isSha256(sha256)) continue
    yield { sha256, size: entry.size ?? 0, modifiedAt: new Date(entry.lastModifiedMs ?? 0) }
  }
}

/** Turns the failures of the store into refusals; defects of ours stay what they are. */
async function asUpstream<T>(config: S3BlobStoreConfig, act: () => Promise<T>, sha256 = ''): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw describeFailure(config, error, sha256)
  }
}

function describeFailure(config: S3BlobStoreConfig, error: unknown, sha256: string): unknown {
  const cause = rootCause(error)
  if (cause instanceof S3ServiceException) {
    const status = cause.$metadata.httpStatusCode
    if (status === 404 && cause.name !== 'NoSuchBucket') {
      return new RefusedError({ kind: 'not-found', what: 'file content', id: sha256 })
    }
    if (status === 416) return invalidInput('range', 'The content has fewer bytes.')
    return failed(config, `${cause.name}: ${cause.message}`)
  }
  if (cause instanceof Error && 'code' in cause) return failed(config, cause.message || String(cause.code))
  return error
}

function rootCause(error: unknown): unknown {
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error && !(cause instanceof S3ServiceException)) {
    cause = cause.cause
  }
  return cause
}

function failed(config: S3BlobStoreConfig, reason: string): RefusedError {
  return new RefusedError({
    kind: 'upstream-failed',
    source: `object store, bucket ${config.bucket}`,
    reason,
  })
}
