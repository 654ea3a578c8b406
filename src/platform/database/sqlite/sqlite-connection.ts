import { DatabaseSync } from 'node:sqlite'
import { registerFunctions } from './sql-functions.ts'

/**
 * Opens the file with the settings that every connection of Touchstone has.
 *
 * LIKE is made case-sensitive because PostgreSQL's is. There is no busy timeout, since waiting inside SQLite stops
 * the event loop: see `retryWhileBusy`.
 */
export function openSqliteConnection(file: string, access: 'read-write' | 'read-only'): DatabaseSync {
  const connection = new DatabaseSync(file, {
    readOnly: access === 'read-only',
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
    timeout: 0,
  })
  connection.exec('pragma temp_store = memory; pragma case_sensitive_like = on; pragma cache_size = -16000')
  if (access === 'read-write') connection.exec('pragma synchronous = full')
  registerFunctions(connection)
  return connection
}
