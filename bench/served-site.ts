import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** A server process over a data folder, as an operator starts it. */
export type ServedSite = {
  readonly port: number
  /** from starting the process to its first answer */
  readonly startMs: number
  /** resident memory in MiB; on Linux only */
  residentMib(): number | undefined
  stop(): Promise<void>
}

export async function serveSite(
  data: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServedSite> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, ['src/main.ts', 'serve', '--data', data, '--port', String(port)], {
    env: { ...process.env, TOUCHSTONE_LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await firstAnswer(port, child)
  const startMs = performance.now() - started
  return {
    port,
    startMs,
    residentMib: () => residentMib(child),
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function firstAnswer(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    try {
      if ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok) return
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function residentMib({ pid }: ChildProcess): number | undefined {
  if (process.platform !== 'linux') return undefined
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kib === undefined ? undefined : Number(kib) / 1024
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
