import { enableCompileCache } from 'node:module'

// the second start reads compiled code instead of stripping the types of every file again
enableCompileCache()
const { runCommand } = await import('./cli/run-command.ts')
process.exitCode = await runCommand(process.argv.slice(2))
