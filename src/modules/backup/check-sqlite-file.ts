import { DatabaseSync } from 'node:sqlite'
import { invalidInput, RefusedError } from '../../core/refusal.ts'

/**
 * Refuses a database that another process has open: only one connection can have it for itself.
 *
 * @throws RefusedError `conflict`
 */
export function requireUnusedSqlite(path: string): void {
  const database = new DatabaseSync(path)
  try {
    database.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive')
    database.exec('begin immediate; rollback')
  } catch (error) {
    if (!(error instanceof Error && /locked|busy/.test(error.message))) throw error
    throw new RefusedError({
      kind: 'conflict',
      reason: `${path} is in use. Stop the server and try again.`,
    })
  } finally {
    database.close()
  }
}

/**
 * Checks that a file is a whole database of Touchstone that this version can bring up to date.
 *
 * @param known ids of the migrations of this version
 * @throws RefusedError `invalid-input`
 */
export function checkSqliteFile(path: string, known: ReadonlySet<string>): void {
  const database = new DatabaseSync(path)
  try {
    const [row] = database.prepare('pragma integrity_check(1)').all()
    if (row?.integrity_check !== 'ok') throw damaged()
    const applied = database.prepare('select id from touchstone_migration').all()
    const unknown = applied.map(({ id }) => String(id)).filter((id) => !known.has(id))
    if (unknown.length > 0) {
      const ids = unknown.join(', ')
      throw invalidInput('', `The backup was written by a newer version: this one does not know ${ids}.`)
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR') throw damaged()
    throw error
  } finally {
    database.close()
  }
}

function damaged(): RefusedError {
  return invalidInput('', 'The database in the backup is damaged.')
}
