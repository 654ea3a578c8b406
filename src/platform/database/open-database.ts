import { type Kysely, SqliteAdapter } from 'kysely'
import type { DatabaseHandle, DatabaseKind } from './database.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'

export type DatabaseConfig =
  | {
      readonly kind: 'sqlite'
      readonly file: string
      /** Threads for heavy reads; as many as processors, at most 4, unless given. */
      readonly readers?: number
    }
  | {
      readonly kind: 'postgres'
      readonly url: string
      /** Connections; 10 unless given. */
      readonly poolSize?: number
      /** 30 000 unless given; 0 for none. */
      readonly statementTimeoutMs?: number
    }

/** Opens the database; the tables are the business of `migrate`. */
export async function openDatabase(config: DatabaseConfig): Promise<DatabaseHandle> {
  if (config.kind === 'sqlite') return openSqlite(config.file, config.readers)
  const { url, poolSize = 10, statementTimeoutMs = 30_000 } = config
  // without PostgreSQL its client is not loaded
  const { openPostgres } = await import('./postgres/open-postgres.ts')
  return openPostgres(url, { poolSize, statementTimeoutMs })
}

/** Which database a `db`, `reader` or transaction speaks to, for the few statements that differ. */
export function kindOf<Tables>(db: Kysely<Tables>): DatabaseKind {
  return db.getExecutor().adapter instanceof SqliteAdapter ? 'sqlite' : 'postgres'
}
