import { spawn } from 'node:child_process'
import { RefusedError } from '../../core/refusal.ts'
import type { ScanFile } from './research-services.ts'

const TIMEOUT_MS = 120_000
const LONGEST_REASON = 300

/**
 * A scanner that is a command: it gets the path of the file as its last argument. Ending with 0 means that the file is
 * clean, with 1 that it is refused; anything else is a failure of the scanner, and then nothing is stored either.
 *
 * @param command program and arguments, separated by blanks; empty for none
 */
export function scannerOf(command: string): ScanFile | undefined {
  const [program, ...args] = command.trim().split(/\s+/)
  if (program === undefined || program === '') return undefined
  return async ({ path }) => {
    const { code, said } = await run(program, [...args, path])
    if (code === 0) return { kind: 'clean' }
    if (code === 1) return { kind: 'refused', reason: said || 'The scanner refused this file.' }
    throw failed(`it ended with ${code ?? 'a signal'}`)
  }
}

function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: TIMEOUT_MS })
    let said = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text: string) => {
      said = (said + text).slice(0, LONGEST_REASON)
    })
    child.on('error', (error) => reject(failed(error.message)))
    child.on('close', (code) => resolve({ code, said: said.trim() }))
  })
}

function failed(reason: string): RefusedError {
  return new RefusedError({ kind: 'upstream-failed', source: 'The virus scanner', reason })
}
