import { enableCompileCache } from 'node:module'

// whoever read what the server prints may go away; the server stays
process.stdout.on('error', ignoreClosedPipe)
process.stderr.on('error', ignoreClosedPipe)

// the second start reads compiled code instead of stripping the types of every file again
enableCompileCache()
const { runCommand } = await import('./cli/run-command.ts')
process.exitCode = await runCommand(process.argv.slice(2))

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
