import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { example, exampleImage, exampleSamples } from '../modules/dicom/domain/example-files.ts'
import { writeDicomFile } from '../modules/dicom/domain/write-file.ts'

const MAIN = join(import.meta.dirname, '..', 'main.ts')
const PIXELS = { rows: 6, columns: 4, bitsAllocated: 8 } as const

let data: string
let folder: string

function slice(uid: string): Buffer {
  return writeDicomFile(exampleImage(PIXELS, exampleSamples(PIXELS), [example('SOPInstanceUID', uid)]))
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'touchstone-import-'))
  folder = join(data, 'dropped')
  await mkdir(join(folder, 'series'), { recursive: true })
  await writeFile(join(folder, 'series', 'one.dcm'), slice('2.25.31'))
  await writeFile(join(folder, 'series', 'two.dcm'), slice('2.25.32'))
  await writeFile(join(folder, 'notes.txt'), 'Some notes about these scans.')
  await writeFile(join(folder, '.hidden'), slice('2.25.33'))
})

afterAll(() => rm(data, { recursive: true }))

function start(...words: readonly string[]) {
  return spawn(process.execPath, [MAIN, 'dicom', 'import', folder, ...words], {
    env: { ...process.env, TOUCHSTONE_DATA: data, TOUCHSTONE_TIMEZONE: 'UTC', TOUCHSTONE_DATABASE_URL: '' },
  })
}

async function run(...words: readonly string[]) {
  const child = start(...words)
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, problem] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, problem }
}

it('takes in a folder, says what it refused, and goes on where it was', async () => {
  const first = await run()
  expect(first.out).toMatch(/^2 stored, 0 known already, 0 skipped, 1 refused\. Each file: /)
  expect(first.problem).toContain('refused notes.txt: This is no DICOM file.')
  expect(first.code).toBe(1)
  const log = await readFile(/Each file: (.*)\n/.exec(first.out)?.[1] ?? '', 'utf8')
  expect(
    log
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t').slice(2)),
  ).toEqual([
    ['notes.txt', '→', 'notes.txt: refused: This is no DICOM file.'],
    ['series/one.dcm', '→', 'series/one.dcm: stored'],
    ['series/two.dcm', '→', 'series/two.dcm: stored'],
  ])
  await writeFile(join(folder, 'three.dcm'), slice('2.25.34'))
  const second = await run('--json')
  expect(second.code).toBe(0)
  const lines = second.out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  expect(lines).toMatchObject([
    { name: 'three.dcm', outcome: 'stored', instanceUid: '2.25.34' },
    { stored: 1, duplicate: 0, refused: 0, skipped: 0 },
  ])
  expect(second.out).not.toMatch(/Doe/)
})

it('watches a folder until it is told to stop', async () => {
  const child = start('--watch', '--json')
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  let out = ''
  const arrived = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
      if (out.includes('2.25.35')) resolve()
    })
  })
  await writeFile(join(folder, 'four.dcm'), slice('2.25.35'))
  await arrived
  child.kill('SIGTERM')
  expect(await closed).toBe(0)
  expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ stored: 1 })
}, 30_000)

it('refuses a group that is not there, and no folder', async () => {
  expect((await run('--group', 'Nobody')).problem).toContain('There is no group Nobody.')
  expect((await run('extra')).code).toBe(2)
})
