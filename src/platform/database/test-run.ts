import { rmSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestPostgres, type TestPostgres } from './test-postgres.ts'

/** What one run of the tests shares between its processes: a folder, and a PostgreSQL started when first asked for. */
export type TestRun = {
  readonly folder: string
  /** The address of the server's maintenance database. */
  postgresUrl(): Promise<string>
  /** Stops PostgreSQL when it is this process's own, so that the process can end. */
  rest(): Promise<void>
}

const PREFIX = 'touchstone-test-'
const ABANDONED_AFTER_MS = 3_600_000
const FOLDER_VARIABLE = 'TOUCHSTONE_TEST_FOLDER'
const PORT_VARIABLE = 'TOUCHSTONE_TEST_POSTGRES_PORT'

let ownRun: Promise<TestRun> | undefined

/** The run that this process belongs to; outside of one, such as in a script, a run of its own. */
export function testRun(): Promise<TestRun> {
  const { [FOLDER_VARIABLE]: folder, [PORT_VARIABLE]: port } = process.env
  if (folder && port)
    return Promise.resolve({
      folder,
      postgresUrl: () => askForUrl(Number(port)),
      rest: async () => undefined,
    })
  ownRun ??= soloRun()
  return ownRun
}

/**
 * Opens a run for the processes that are started from now on.
 *
 * @returns the function that ends it: stops PostgreSQL and removes the folder
 */
export async function openTestRun(): Promise<() => Promise<void>> {
  await removeAbandonedRuns()
  const folder = await makeRunFolder()
  let postgres: Promise<TestPostgres> | undefined
  const desk = createServer((socket) => {
    postgres ??= startTestPostgres(folder)
    postgres.then(
      ({ url }) => socket.end(url),
      (error: unknown) => socket.end(`Error: ${error instanceof Error ? error.message : error}`),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  const address = desk.address()
  process.env[FOLDER_VARIABLE] = folder
  process.env[PORT_VARIABLE] = String(typeof address === 'object' && address ? address.port : 0)
  return async () => {
    desk.close()
    const started = await postgres?.catch(() => undefined)
    await started?.stop()
    await remove(folder)
  }
}

async function soloRun(): Promise<TestRun> {
  const folder = await makeRunFolder()
  let postgres: Promise<TestPostgres> | undefined
  let started = 0
  // PostgreSQL itself is stopped by its package when the process is ended.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return {
    folder,
    async postgresUrl() {
      if (!postgres) {
        started += 1
        postgres = startTestPostgres(join(folder, String(started)))
      }
      return (await postgres).url
    },
    async rest() {
      const running = await postgres
      postgres = undefined
      await running?.stop()
    },
  }
}

async function makeRunFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  await chmod(folder, 0o755)
  return folder
}

/** Folders of runs that were killed. A PostgreSQL left running in one stops when it finds its folder gone. */
async function removeAbandonedRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const folder = join(tmpdir(), name)
    const made = await stat(folder).catch(() => undefined)
    const owner = Number(name.slice(PREFIX.length).split('-')[0])
    if (made && Date.now() - made.mtimeMs > ABANDONED_AFTER_MS && !isAlive(owner)) await remove(folder)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Not ours to signal, so it exists.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
}

function askForUrl(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    connect(port, '127.0.0.1')
      .setEncoding('utf8')
      .on('data', (text: string) => {
        answer += text
      })
      .on('error', reject)
      .on('end', () => (answer.startsWith('postgres:') ? resolve(answer) : reject(new Error(answer))))
  })
}
