import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('TOUCHSTONE_')),
)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-serve-'))
})
afterAll(() => rm(folder, { recursive: true }))

function start(words: readonly string[], data = 'data'): ChildProcess {
  return spawn(process.execPath, [...words, '--data', join(folder, data)], { cwd: ROOT, env: environment })
}

async function ended(child: ChildProcess): Promise<readonly [number | null, string, string]> {
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const read = (stream: ChildProcess['stdout']) => (stream ? text(stream) : '')
  const [out, problem] = await Promise.all([read(child.stdout), read(child.stderr)])
  return [await code, out, problem]
}

it.each([
  [['nonsense']],
  [['user']],
  [['user', 'create']],
  [['doctor', '--unknown']],
  [['serve', '--fresh']],
])('ends with 2 when it is used wrongly: %j', async (words) => {
  const [code, , problem] = await ended(start(['src/main.ts', ...words], 'unused'))
  expect([code, problem]).toEqual([2, expect.stringMatching(/usage|--fresh/)])
})

it('tells about the installation and the audit trail as JSON', async () => {
  const doctor = await ended(start(['src/main.ts', 'doctor', '--json']))
  const { findings, settings } = JSON.parse(doctor[1])
  expect(doctor[0]).toBe(0)
  expect(findings).toContainEqual({ subject: 'files', state: 'ok', text: 'written and read back' })
  expect(settings).toMatchObject({ TOUCHSTONE_DATA: join(folder, 'data') })
  const [code, out] = await ended(start(['src/main.ts', 'audit', 'verify', '--json']))
  expect([code, JSON.parse(out)]).toMatchObject([0, { kind: 'whole' }])
})

it('ends with 1, and does end, when the port is taken', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const [code, , problem] = await ended(
    start(['src/main.ts', 'serve', '--host', '127.0.0.1', '--port', port]),
  )
  taken.close()
  expect([code, problem]).toEqual([1, expect.stringContaining('EADDRINUSE')])
})

it.each(['SIGTERM', 'SIGINT'] as const)('stops with 0 at %s, however often it is sent', async (signal) => {
  const child = start(['src/main.ts', 'serve', '--port', '0'])
  const outcome = new Promise<number | null>((resolve) => child.on('close', resolve))
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    const port = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port === undefined) continue
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
    child.kill(signal)
    child.kill(signal)
  }
  expect(await outcome).toBe(0)
})

it('runs under the launcher, which passes the signal on and leaves nothing behind', async () => {
  const child = start([
    'scripts/launch.mjs',
    'node',
    '-e',
    'process.on("SIGTERM",()=>process.exit(7));setInterval(()=>{},9);console.log(process.pid)',
    '--',
  ])
  const outcome = new Promise<number | null>((resolve) => child.on('close', resolve))
  let server = 0
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    server = Number(line)
    child.kill('SIGTERM')
  }
  expect(await outcome).toBe(7)
  expect(() => process.kill(server, 0)).toThrow('ESRCH')
})

it('finds a Node that is new enough when it is started by an older one', async ({ skip }) => {
  const older = '/usr/bin/node'
  if (!existsSync(older)) skip('there is no other Node to start it with')
  const child = spawn(older, ['scripts/launch.mjs', 'node', '--version'], {
    cwd: ROOT,
    env: { ...environment, PATH: '/usr/local/bin:/usr/bin:/bin' },
  })
  const [code, out] = await ended(child)
  expect([code, Number(/^v(\d+)/.exec(out)?.[1])]).toEqual([0, expect.any(Number)])
  expect(Number(/^v(\d+)/.exec(out)?.[1])).toBeGreaterThanOrEqual(24)
})
