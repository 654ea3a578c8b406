import { readFile } from 'node:fs/promises'
import type { InterpreterProcess } from './interpreter-process.ts'

const INTERVAL_MS = 250
const PAGE_BYTES = 4096

/**
 * Kills a process whose resident memory exceeds a limit: what the interpreter's own limits do not cover, such
 * as pipes, is bounded this way where the system tells (Linux).
 *
 * @returns a function that ends the watch
 */
export function watchMemory(interpreter: InterpreterProcess, mostBytes: number): () => void {
  if (process.platform !== 'linux') return ignore
  const timer = setInterval(() => {
    readResidentBytes(interpreter.pid).then(
      (bytes) => {
        if (bytes > mostBytes) interpreter.kill()
      },
      // The process is gone: its conversation sees that.
      ignore,
    )
  }, INTERVAL_MS)
  return () => clearInterval(timer)
}

async function readResidentBytes(pid: number): Promise<number> {
  const [, resident = '0'] = (await readFile(`/proc/${pid}/statm`, 'ascii')).split(' ')
  return Number(resident) * PAGE_BYTES
}

function ignore(): void {
  // Nothing to end.
}
