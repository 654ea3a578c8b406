import type { Context } from '../../src/context.ts'
import type { RecordType } from '../../src/core/record.ts'
import type { BlobStore } from '../../src/platform/blobs/blob-store.ts'
import type { DatabaseHandle } from '../../src/platform/database/database.ts'
import { createCatalogue } from '../../src/platform/records/catalogue.ts'

/** Stands where a test has no use for files: any access fails the test. */
const NO_BLOBS = new Proxy({} as BlobStore, {
  get: (_target, name) => {
    throw new Error(`this test gave no blob store, but its ${String(name)} was used`)
  },
})

/** A context for tests of verbs: a system actor in Toronto, with the clock of the machine, unless told otherwise. */
export function makeContext(
  database: DatabaseHandle,
  parts: Partial<Omit<Context, 'database' | 'db'>> & { readonly records?: readonly RecordType[] } = {},
): Context {
  const { records = [], ...rest } = parts
  return {
    database,
    db: database.db,
    inTransaction: false,
    catalogue: createCatalogue(records),
    recordHooks: new Map(),
    blobs: NO_BLOBS,
    actor: { kind: 'system', name: 'test' },
    origin: { requestId: 'test', credential: 'system' },
    zone: 'America/Toronto',
    now: () => new Date(),
    ...rest,
  }
}
