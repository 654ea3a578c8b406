#!/usr/bin/env node
/**
 * Starts Touchstone on a machine that has any Node from 20 on: installs what is missing, finds a Node from 24 on (the
 * system's or the one that came with the packages), builds the web application when it is older than its sources, and
 * runs the command. Plain JavaScript, because the Node that starts it may be too old for anything else.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const REQUIRED_MAJOR = 24

// not `npm ci`: it refuses a lock file that leaves out packages of other platforms, which a registry may not have
const INSTALL = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']

const [command = 'help', ...rest] = process.argv.slice(2)

installIfNeeded()
const node = findNode()
process.exitCode = await run(command, rest)

async function run(word, args) {
  switch (word) {
    case 'demo':
      buildWebIfNeeded()
      return foreground(['src/main.ts', 'serve', '--demo', ...args])
    case 'start':
      buildWebIfNeeded()
      return foreground(['src/main.ts', 'serve', ...args])
    case 'test':
      return test(args)
    case 'check':
      return check()
    case 'build':
      buildWeb()
      return 0
    case 'bench':
      return foreground(['bench/run.ts', ...args])
    case 'node':
      return foreground(args)
    default:
      return foreground(['src/main.ts', word, ...args])
  }
}

/** Everything: checks, then all tests; with arguments only the tests that they name. */
async function test(args) {
  if (args.length > 0) return foreground(['node_modules/vitest/vitest.mjs', 'run', ...args])
  const checked = check()
  if (checked !== 0) return checked
  buildWebIfNeeded()
  return foreground(['node_modules/vitest/vitest.mjs', 'run'])
}

function check() {
  return (
    spawnSync(node, ['scripts/check.mjs'], { cwd: ROOT, stdio: 'inherit', env: withNodeFirst() }).status ?? 1
  )
}

/** Child of this process that gets its signals and lends it its exit status. */
function foreground(args) {
  const child = spawn(node, args, { cwd: ROOT, stdio: 'inherit', env: withNodeFirst() })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

function withNodeFirst() {
  return {
    ...process.env,
    PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  }
}

function installIfNeeded() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json')
  const wanted = join(ROOT, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return
  console.error('Installing packages (once) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, INSTALL, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error('npm install failed; see above.')
    process.exit(status ?? 1)
  }
}

function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) return process.execPath
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const binary = join(ROOT, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(binary)) return binary
  console.error(`Touchstone needs Node.js ${REQUIRED_MAJOR} or newer here; this is ${process.versions.node}.`)
  process.exit(1)
}

function buildWebIfNeeded() {
  const built = join(ROOT, 'web', 'dist', 'index.html')
  if (existsSync(built) && statSync(built).mtimeMs >= newest(join(ROOT, 'web', 'src'))) return
  buildWeb()
}

function buildWeb() {
  console.error('Building the web application …')
  const vite = join(
    dirname(createRequire(join(ROOT, 'package.json')).resolve('vite/package.json')),
    'bin',
    'vite.js',
  )
  const { status } = spawnSync(node, [vite, 'build', '-c', 'web/vite.config.ts', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(status ?? 1)
}

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name)
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }, 0)
}
