import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { RefusedError } from '../../core/refusal.ts'

/** Writes everything in a database to a file, in PostgreSQL's own custom format. */
export function dumpPostgres(url: string, file: string): Promise<void> {
  return runTool('pg_dump', ['--format=custom', '--no-owner', '--no-privileges', `--file=${file}`], url)
}

/** Replaces everything in a database by what such a file holds, all or nothing. */
export function restorePostgres(url: string, file: string): Promise<void> {
  const options = [
    '--clean',
    '--if-exists',
    '--no-owner',
    '--no-privileges',
    '--single-transaction',
    '--exit-on-error',
  ]
  return runTool('pg_restore', [...options, `--dbname=${databaseOf(url)}`, file], url)
}

const HOW_TO = [
  'PostgreSQL is backed up with its own tools, of its own version or newer: install its client package (pg_dump, ',
  'pg_restore), or back the database up in your usual way, together with the files and the instance key.',
].join('')

/** @throws RefusedError `upstream-failed` with what the tool said, or how to get it */
async function runTool(tool: string, args: readonly string[], url: string): Promise<void> {
  // the password stands in the environment of the tool: lists of processes show arguments to everybody
  const child = spawn(tool, args, {
    env: { ...process.env, ...connectionOf(url) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  try {
    const [said, code] = await Promise.all([text(child.stderr), ended])
    if (code !== 0) throw failed(tool, `${said.trim().slice(0, 1000)}\n${HOW_TO}`)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw failed(tool, `It is not installed here. ${HOW_TO}`)
    throw error
  }
}

function failed(tool: string, reason: string): RefusedError {
  return new RefusedError({ kind: 'upstream-failed', source: tool, reason })
}

/** What the tools read from the environment. @see PostgreSQL documentation, "Environment Variables" of libpq */
export function connectionOf(url: string): Readonly<Record<string, string>> {
  const { hostname, port, username, password, searchParams } = new URL(url)
  const known: Readonly<Record<string, string | null>> = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: databaseOf(url),
    PGSSLMODE: searchParams.get('sslmode'),
  }
  return Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value]])),
  )
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}
