import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { pendingMigrations } from '../../platform/database/migrate.ts'
import type { Migration } from '../../platform/database/schema-builder.ts'

const KEPT = 5
const NAME = /^before-migration-.*\.db$/

/**
 * Copies an SQLite database that has been used before a new version changes its tables. Files and keys need no copy:
 * migrations do not touch them. The latest five copies are kept.
 *
 * @returns the copy; undefined where there is nothing to bring up to date, on a new database and on PostgreSQL
 */
export async function backupBeforeMigration(
  database: DatabaseHandle,
  migrations: readonly Migration[],
  folder: string,
  now: Date,
): Promise<string | undefined> {
  if (!database.backupTo) return undefined
  const pending = await pendingMigrations(database, migrations)
  if (pending.length === 0 || pending.length === migrations.length) return undefined
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-')
  const file = join(folder, `before-migration-${stamp}.db`)
  await database.backupTo(file)
  const copies = (await readdir(folder)).filter((name) => NAME.test(name)).sort()
  for (const name of copies.slice(0, -KEPT)) await rm(join(folder, name))
  return file
}
