import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { exampleImage, exampleSamples } from '../modules/dicom/domain/example-files.ts'
import { parseDicomFile } from '../modules/dicom/domain/parse-file.ts'
import { findText } from '../modules/dicom/domain/read-value.ts'
import { writeDicomFile } from '../modules/dicom/domain/write-file.ts'

const MAIN = join(import.meta.dirname, '..', 'main.ts')
const PIXELS = { rows: 6, columns: 4, bitsAllocated: 8, frames: 2 } as const

let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-dicom-cli-'))
  file = join(folder, 'scan.dcm')
  await writeFile(file, writeDicomFile(exampleImage(PIXELS, exampleSamples(PIXELS))))
})

afterAll(() => rm(folder, { recursive: true }))

async function run(...words: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, 'dicom', ...words])
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, problem] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, problem }
}

it('dumps a file as lines and as DICOM JSON', async () => {
  const lines = await run('dump', file)
  expect(lines.code).toBe(0)
  expect(lines.out).toContain('(0028,0010) US Rows = 6\n')
  expect(lines.out).toContain('(7FE0,0010) OB PixelData = 48 bytes\n')
  const model = JSON.parse((await run('dump', file, '--json')).out)
  expect(model['00280010']).toEqual({ vr: 'US', Value: [6] })
  expect(model['00020010']).toEqual({ vr: 'UI', Value: ['1.2.840.10008.1.2.1'] })
})

it('writes frames as pictures, into a folder or a file', async () => {
  const out = join(folder, 'pictures')
  expect((await run('render', file, '--out', out)).out).toBe(`Wrote 2 pictures to ${out}.\n`)
  expect(await readdir(out)).toEqual(['scan-0001.png', 'scan-0002.png'])
  const single = join(folder, 'second.jpg')
  expect((await run('render', file, '--out', single, '--frame', '2')).code).toBe(0)
  expect((await readFile(single)).subarray(0, 2)).toEqual(Buffer.of(0xff, 0xd8))
  const beyond = await run('render', file, '--out', single, '--frame', '3')
  expect(beyond).toMatchObject({ code: 1, problem: 'frames: The image has 2 frames.\n' })
})

it('writes a copy without identity and says what was changed', async () => {
  const out = join(folder, 'anonymous.dcm')
  const done = await run('anonymize', file, '--out', out, '--pixels-checked', '--json')
  expect(done.code).toBe(0)
  expect(JSON.parse(done.out)).toContainEqual({
    path: 'SOPInstanceUID',
    tag: '(0008,0018)',
    action: 'uid-replaced',
  })
  const { dataSet } = parseDicomFile(await readFile(out))
  expect(findText(dataSet, 0x00120062)).toBe('YES')
  const again = await run('anonymize', file, '--out', out, '--pixels-checked')
  expect(again).toMatchObject({ code: 1, problem: expect.stringContaining('file already exists') })
})

it.each([
  ['no file', ['dump'], 2, 'Name a DICOM file.'],
  ['a missing file', ['dump', '/nowhere.dcm'], 1, 'no such file'],
  ['a file that is not DICOM', ['dump', MAIN], 1, 'file: Invalid DICOM file'],
  [
    'an unknown option',
    ['anonymize', MAIN, '--out', '/nowhere', '--options', 'x'],
    2,
    'There is no option x.',
  ],
  ['an unknown format', ['render', MAIN, '--out', '/nowhere', '--format', 'bmp'], 2, 'png, jpeg or gif'],
])('refuses %s', async (_name, words, code, problem) => {
  expect(await run(...words)).toMatchObject({ code, problem: expect.stringContaining(problem) })
})
