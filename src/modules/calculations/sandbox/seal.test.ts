import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { interpreterArguments } from '../interpreter-process.ts'
import { PYODIDE_FOLDER } from '../packages.ts'

/** What JavaScript could try if a snippet ever got at it; each must throw or be nothing. */
const ATTACKS = {
  connect: `net.connect(1, '127.0.0.1')`,
  'connect by prototype': `new net.Socket().connect(1)`,
  'connect by tls': `tls.connect(1)`,
  listen: `net.createServer().listen(0)`,
  'listen by prototype': `new Server().listen(0)`,
  'http request': `http.get('http://127.0.0.1:1')`,
  'https request': `https.request('https://127.0.0.1:1')`,
  'http2 session': `http2.connect('http://127.0.0.1:1')`,
  datagram: `dgram.createSocket('udp4')`,
  'name resolution': `dns.lookup('localhost', () => 0)`,
  fetch: `fetch('http://127.0.0.1:1')`,
  WebSocket: `new WebSocket('ws://127.0.0.1:1')`,
  'read a file': `fs.readFileSync(process.argv[1])`,
  'write a file': `fs.writeFileSync('/tmp/x', '')`,
  'spawn a process': `childProcess.spawn('true')`,
  'start a worker': `new workerThreads.Worker('0', { eval: true })`,
  'kill a process': `process.kill(process.ppid, 0)`,
  'kill by the binding': `process._kill(process.ppid, 0)`,
  'internal bindings': `process.binding('tcp_wrap')`,
  'linked bindings': `process._linkedBinding('tcp_wrap')`,
  'load an addon': `process.dlopen({}, '/tmp/x.node')`,
  'become another program': `process.execve('/bin/true', [])`,
  'any module': `process.getBuiltinModule('net')`,
  'a require function': `createRequire(import.meta.url)('net')`,
  'a report': `process.report()`,
  'standard output': `process.stdout.write('x')`,
  'code from text': `(0, eval)('1')`,
  'a function from text': `(() => 0).constructor('return 1')()`,
  'code in a context': `vm.runInThisContext('1')`,
  'new WebAssembly': `new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))`,
  'flags of V8': `v8.setFlagsFromString('--allow-natives-syntax')`,
  'an inspector': `inspector.open()`,
  'a timer': `setTimeout(() => 0, 1)`,
} as const

it('leaves JavaScript nothing that reaches outside or runs text', () => {
  const tries = Object.entries(ATTACKS).map(
    ([name, attack]) =>
      `try { const got = ${attack}; outcome[${JSON.stringify(name)}] = 'got ' + typeof got } catch (error) { outcome[${JSON.stringify(name)}] = 'refused' }`,
  )
  const seal = pathToFileURL(join(import.meta.dirname, 'seal.ts')).href
  const script = join(mkdtempSync(join(tmpdir(), 'seal-')), 'attack.mjs')
  writeFileSync(
    script,
    `import net, { Server } from 'node:net'
import tls from 'node:tls'
import http from 'node:http'
import https from 'node:https'
import http2 from 'node:http2'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs, { writeSync } from 'node:fs'
import childProcess from 'node:child_process'
import workerThreads from 'node:worker_threads'
import vm from 'node:vm'
import v8 from 'node:v8'
import inspector from 'node:inspector'
import { createRequire } from 'node:module'
import { sealProcess } from ${JSON.stringify(seal)}
const write = writeSync
const outcome = {}
sealProcess()
${tries.join('\n')}
write(1, JSON.stringify(outcome))
`,
  )
  const flags = ['--disallow-code-generation-from-strings', '--no-warnings']
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, script], { env: {}, encoding: 'utf8' })
  expect(stderr).toBe('')
  const expected = Object.fromEntries(Object.keys(ATTACKS).map((name) => [name, 'refused']))
  expect(JSON.parse(stdout)).toEqual(expected)
})

it('stands behind a wall of Node that holds without it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wall-'))
  const script = join(folder, 'attack.mjs')
  const attacks = {
    'a file of the host': `fs.readFileSync(${JSON.stringify(import.meta.filename.replace('sandbox', 'domain'))})`,
    'a password file': `fs.readFileSync('/etc/passwd')`,
    'a list of files': `fs.readdirSync('/')`,
    'a file to write': `fs.writeFileSync(${JSON.stringify(join(folder, 'written'))}, '')`,
    'a process': `childProcess.spawnSync('true').error ?? 0; childProcess.execSync('true')`,
    'a worker': `new workerThreads.Worker('0', { eval: true })`,
    'an addon': `process.dlopen({ exports: {} }, ${JSON.stringify(script)})`,
    'internal bindings': `process.binding('tcp_wrap')`,
    'code from text': `(0, eval)('1')`,
    'the debugger': `inspector.open(0)`,
    'the environment': `if (Object.keys(process.env).length === 0) throw new Error('empty')`,
  }
  const tries = Object.entries(attacks).map(
    ([name, attack]) =>
      `try { ${attack}; outcome[${JSON.stringify(name)}] = 'allowed' } catch { outcome[${JSON.stringify(name)}] = 'refused' }`,
  )
  writeFileSync(
    script,
    `import fs from 'node:fs'
import childProcess from 'node:child_process'
import workerThreads from 'node:worker_threads'
import inspector from 'node:inspector'
const outcome = {}
${tries.join('\n')}
console.log(JSON.stringify(outcome))
`,
  )
  const flags = interpreterArguments({
    pyodideFolder: PYODIDE_FOLDER,
    packagesFolder: folder,
    limits: {
      memoryBytes: 2 ** 28,
      resultBytes: 1,
      attachmentBytes: 1,
      outputCharacters: 1,
      historyRounds: 1,
    },
  })
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, script], { env: {}, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toEqual(
    Object.fromEntries(Object.keys(attacks).map((name) => [name, 'refused'])),
  )
})
