import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const START_LIMIT_MS = 120_000

/** The demonstration over a folder, in a process of its own. */
export interface ServedDemonstration {
  readonly address: string
  stop(): Promise<void>
}

export async function serveDemonstration(data: string): Promise<ServedDemonstration> {
  const port = await freePort()
  const server = spawn(
    process.execPath,
    ['src/main.ts', 'serve', '--demo', '--host', '127.0.0.1', '--port', String(port), '--data', data],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TOUCHSTONE_DATA: undefined } },
  )
  const address = `http://127.0.0.1:${port}`
  await waitUntilReady(server, address)
  return {
    address,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/** Until the server says where it listens. @throws when it ends before, with what it printed */
function waitUntilReady(server: ChildProcess, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const limit = setTimeout(() => {
      server.kill('SIGKILL')
      reject(new Error(`The server did not start:\n${printed}`))
    }, START_LIMIT_MS)
    const read = (chunk: Buffer): void => {
      printed += chunk.toString()
      if (!printed.includes(`Touchstone is listening on ${address}`)) return
      clearTimeout(limit)
      resolve()
    }
    server.stdout?.on('data', read)
    server.stderr?.on('data', read)
    server.once('exit', (code) => {
      clearTimeout(limit)
      reject(new Error(`The server ended with ${code}:\n${printed}`))
    })
  })
}
