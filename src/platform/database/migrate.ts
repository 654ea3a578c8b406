import { sql } from 'kysely'
import type { Database, DatabaseHandle } from './database.ts'
import { kindOf } from './open-database.ts'
import { instant, type Migration, uuidKey } from './schema-builder.ts'
import { schemaChanges } from './schema-changes.ts'

export type { Migration } from './schema-builder.ts'

type MigrationTables = {
  touchstone_migration: { id: string; applied_at: string }
}

/** Any number, as long as nothing else on the same PostgreSQL database uses it. */
const MIGRATION_LOCK = 7_226_401_339

/**
 * Applies those of `migrations` that the database has not seen, in the given order, each in a transaction of its
 * own. Any number of processes may do so at the same time: one applies each, the others wait for it.
 *
 * @returns the ids that this call applied
 * @throws Error when the database has seen migrations that are not listed: a newer version has used it
 */
export async function migrate(handle: DatabaseHandle, migrations: readonly Migration[]): Promise<string[]> {
  const pending = await pendingMigrations(handle, migrations)
  if (pending.length === 0) return []
  await handle.transaction(async (db) => {
    await lockMigrations(db)
    if (!(await hasMigrationTable(db))) {
      await schemaChanges(db).createTable('touchstone_migration', {
        id: uuidKey(),
        applied_at: instant().notNull(),
      })
    }
  })
  const applied: string[] = []
  for (const migration of migrations) {
    if (pending.includes(migration.id) && (await apply(handle, migration))) applied.push(migration.id)
  }
  return applied
}

/** @returns the ids that {@link migrate} would apply, in order */
export async function pendingMigrations(
  handle: DatabaseHandle,
  migrations: readonly Migration[],
): Promise<string[]> {
  const ids = migrations.map(({ id }) => id)
  const repeated = ids.filter((id, position) => ids.indexOf(id) !== position)
  if (repeated.length > 0) throw new Error(`Migrations are listed twice: ${repeated.join(', ')}.`)
  const seen = (await hasMigrationTable(handle.db)) ? await appliedIds(handle.db) : []
  const unknown = seen.filter((id) => !ids.includes(id))
  if (unknown.length > 0) {
    throw new Error(`A newer version has used this database; this one does not know ${unknown.join(', ')}.`)
  }
  return ids.filter((id) => !seen.includes(id))
}

function apply(handle: DatabaseHandle, migration: Migration): Promise<boolean> {
  return handle.transaction(async (db) => {
    await lockMigrations(db)
    if ((await appliedIds(db)).includes(migration.id)) return false
    await migration.up(schemaChanges(db))
    await db
      .withTables<MigrationTables>()
      .insertInto('touchstone_migration')
      .values({ id: migration.id, applied_at: new Date().toISOString() })
      .execute()
    return true
  })
}

async function lockMigrations(db: Database): Promise<void> {
  // On SQLite a transaction is the lock.
  if (kindOf(db) === 'sqlite') return
  await sql`set local statement_timeout = 0`.execute(db)
  await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(db)
}

async function appliedIds(db: Database): Promise<string[]> {
  const rows = await db
    .withTables<MigrationTables>()
    .selectFrom('touchstone_migration')
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function hasMigrationTable(db: Database): Promise<boolean> {
  const query =
    kindOf(db) === 'sqlite'
      ? sql`select 1 from sqlite_schema where type = 'table' and name = 'touchstone_migration'`
      : // Read as rows: the catalogue's cache may not yet know what another server has just created.
        sql`select 1 from pg_tables where schemaname = current_schema() and tablename = 'touchstone_migration'`
  return (await query.execute(db)).rows.length > 0
}
