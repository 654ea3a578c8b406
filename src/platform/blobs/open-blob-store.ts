import type { BlobStore } from './blob-store.ts'
import { type FolderBlobStoreConfig, openFolderBlobStore } from './folder-blob-store.ts'
import type { S3BlobStoreConfig } from './s3-blob-store.ts'

export type BlobStoreConfig = FolderBlobStoreConfig | S3BlobStoreConfig

/** Longer than any upload may take; what is older was interrupted. */
const UNFINISHED_AFTER_MS = 24 * 3600 * 1000

/** Opens the configured store and sweeps what interrupted uploads of earlier days left behind. */
export async function openBlobStore(config: BlobStoreConfig): Promise<BlobStore> {
  const store = config.kind === 'folder' ? await openFolderBlobStore(config) : await openS3(config)
  await store.sweepUnfinished(new Date(Date.now() - UNFINISHED_AFTER_MS))
  return store
}

/** The S3 client costs 40 MiB and half a second to load: only where it is used. */
async function openS3(config: S3BlobStoreConfig): Promise<BlobStore> {
  const { openS3BlobStore } = await import('./s3-blob-store.ts')
  return openS3BlobStore(config)
}
