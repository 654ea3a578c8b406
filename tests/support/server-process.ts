import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { SitePlace } from './make-site.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** A server in a process of its own over a test site. */
export type ServerProcess = {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  /** ends it at once, as a power cut of the process would */
  kill(): Promise<void>
  /** asks it to stop, and gives its exit status */
  stop(): Promise<number | null>
}

/** Starts `serve` on a free port, with more options if need be, and resolves once it listens. */
export async function startServer(
  { environment }: Pick<SitePlace, 'environment'>,
  ...options: readonly string[]
): Promise<ServerProcess> {
  const fixed = ['src/main.ts', 'serve', '--port', '0', '--host', '127.0.0.1']
  const child = spawn(process.execPath, [...fixed, ...options], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const origin = await listeningAt(child)
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    return child.exitCode
  }
  return { origin, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}

/** Keeps reading what the server prints: a server whose reader is gone would fail at its next line. */
function listeningAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk)
      const origin = /Touchstone is listening on (http:\/\/\S+)/.exec(printed)?.[1]
      if (origin !== undefined) resolve(origin)
    })
    child.on('exit', (code) => reject(new Error(`the server ended (${code}) without listening:\n${printed}`)))
  })
}
