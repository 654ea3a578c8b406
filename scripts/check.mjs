/** `npm run check`: every static check, all of them even when one fails, with a summary. */
import { spawnSync } from 'node:child_process'

const bin = (path) => [process.execPath, `node_modules/${path}`]

const CHECKS = [
  ['format and lint', [...bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
  ['types of the server', [...bin('typescript/bin/tsc'), '--noEmit', '-p', '.']],
  ['types of the web application', [...bin('typescript/bin/tsc'), '--noEmit', '-p', 'web']],
  ['who imports what', [process.execPath, 'scripts/check-imports.mjs']],
  ['unused files, exports and dependencies', [...bin('knip/bin/knip.js'), '--no-progress']],
  ['known vulnerabilities', [process.execPath, 'scripts/check-audit.mjs']],
]

const failed = CHECKS.filter(([name, [command, ...args]]) => {
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  return status !== 0
})
process.exitCode = failed.length > 0 ? 1 : 0
