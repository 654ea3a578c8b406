import type { BlobStore } from '../../platform/blobs/blob-store.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'

/** The data of a site, opened but not brought up to date. */
export type BackupSource = {
  readonly database: DatabaseHandle
  /** `postgres://…`; empty on SQLite */
  readonly databaseUrl: string
  readonly blobs: BlobStore
  /** folder with the instance key and the settings */
  readonly dataFolder: string
}

/** Told how much of a long work is done; `total` is not known for everything. */
export type OnProgress = (progress: {
  readonly what: string
  readonly done: number
  readonly total: number
}) => void
