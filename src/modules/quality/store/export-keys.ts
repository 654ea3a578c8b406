import type { Database } from '../../../platform/database/database.ts'
import type { QualityTables } from './tables.ts'

/** The pair of keys of the installation: what others encrypt credentials with, and what opens them (sealed). */
export type ExportKey = { readonly publicKey: string; readonly privateKeySealed: string }

const ONLY = 'export'

export async function findExportKey(db: Database): Promise<ExportKey | undefined> {
  const row = await db
    .withTables<QualityTables>()
    .selectFrom('quality_export_key')
    .selectAll()
    .where('id', '=', ONLY)
    .executeTakeFirst()
  return row && { publicKey: row.public_key, privateKeySealed: row.private_key_sealed }
}

/** Keeps the first pair that comes: several servers may make one at the same time. */
export async function insertExportKey(db: Database, key: ExportKey, at: Date): Promise<void> {
  await db
    .withTables<QualityTables>()
    .insertInto('quality_export_key')
    .values({ id: ONLY, public_key: key.publicKey, private_key_sealed: key.privateKeySealed, created_at: at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}
