import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCodecPool } from '../codecs/codec-pool.ts'
import { example, exampleImage, exampleSamples } from '../domain/example-files.ts'
import { parseDicomFile } from '../domain/parse-file.ts'
import { findText } from '../domain/read-value.ts'
import { writeDicomFile } from '../domain/write-file.ts'
import type { FileTask, ReadTask } from './file-task.ts'
import { openFileThreads } from './file-threads.ts'

const PIXELS = { rows: 6, columns: 4, bitsAllocated: 16, bitsStored: 12 } as const
const pool = openCodecPool({ workers: 1 })
const threads = openFileThreads(pool, { workers: 1 })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-threads-'))
})
afterAll(async () => {
  await threads.close()
  await pool.close()
  await rm(folder, { recursive: true })
})

function slice(instance: number, frames = 1): Buffer {
  const pixels = { ...PIXELS, frames }
  const more = [example('InstanceNumber', String(instance)), example('SeriesInstanceUID', '1.2.3')]
  return writeDicomFile(exampleImage(pixels, exampleSamples(pixels), more))
}

let files = 0

async function taskOf(content: Uint8Array, parts: Partial<ReadTask> = {}): Promise<ReadTask> {
  files += 1
  const path = join(await mkdtemp(join(folder, 'task-')), `upload-${files}`)
  await writeFile(path, content)
  return {
    kind: 'read',
    path,
    name: 'scan.dcm',
    fields: undefined,
    format: 'png',
    values: 'display',
    images: 'all',
    frames: undefined,
    omit: new Set(),
    ...parts,
  }
}

async function whole(task: FileTask): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of threads.run(task)) parts.push(part)
  return Buffer.concat(parts)
}

async function answerTo(
  content: Uint8Array,
  parts: Partial<ReadTask> = {},
): Promise<Record<string, unknown>> {
  return JSON.parse((await whole(await taskOf(content, parts))).toString())
}

/** A ZIP archive (PKWARE APPNOTE 4.3); what it says of sizes can be wrong. */
function zipOf(entries: readonly { name: string; content: Buffer; claims?: number }[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, content, claims = content.length } of entries) {
    const packed = deflateRawSync(content)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(content), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(claims, 18)
    facts.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), facts, rest, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

function kindsOf(images: unknown): readonly string[] {
  const heads: Readonly<Record<string, string>> = { iVBO: 'png', '/9j/': 'jpeg', R0lG: 'gif' }
  return (images as readonly string[]).map((image) => heads[image.slice(0, 4)] ?? 'unknown')
}

describe('a file that is read', () => {
  it('gives metadata as text and a picture for each frame', async () => {
    const answer = await answerTo(slice(7, 2))
    expect(answer).toMatchObject({ InstanceNumber: '7', Rows: '6', BitsStored: '12', ImageFormat: 'PNG' })
    expect(answer).not.toHaveProperty('PixelRepresentation')
    expect(String(answer.PixelData)).toMatch(/^b'/)
    expect(kindsOf(answer.Images)).toEqual(['png', 'png'])
    expect(Object.keys(answer).slice(-2)).toEqual(['ImageFormat', 'Images'])
  })

  it.each(['jpeg', 'gif'] as const)('gives %s where asked', async (format) => {
    const answer = await answerTo(slice(1, 2), { format })
    expect(answer.ImageFormat).toBe(format.toUpperCase())
    expect(kindsOf(answer.Images)).toEqual(format === 'gif' ? ['gif'] : ['jpeg', 'jpeg'])
  })

  it('gives exactly the fields asked for, in their order, and images with them', async () => {
    const fields = ['Rows', 'PixelRepresentation', 'EchoTime']
    const answer = await answerTo(slice(1), { fields })
    expect(Object.entries(answer).slice(0, 3)).toEqual([
      ['Rows', '6'],
      ['PixelRepresentation', '0'],
      ['EchoTime', 'Unknown'],
    ])
    expect(kindsOf(answer.Images)).toEqual(['png'])
    expect(await answerTo(slice(1), { fields: ['Rows'], images: 'none' })).toEqual({ Rows: '6' })
  })

  it('gives metadata and the reason where the pixels cannot be shown', async () => {
    const cut = exampleImage(PIXELS, exampleSamples(PIXELS).subarray(0, 10))
    const answer = await answerTo(writeDicomFile(cut))
    expect(answer).toMatchObject({ Rows: '6', ImageError: 'The pixel data are shorter than one frame.' })
    expect(answer).not.toHaveProperty('Images')
    expect((await answerTo(slice(1), { frames: [2] })).ImageError).toBe('The image has 1 frames.')
  })

  it.each([
    ['no DICOM', Buffer.from('hello'), 'scan.dcm', 'Invalid DICOM file'],
    ['nothing', Buffer.alloc(0), 'scan.dcm', 'Invalid DICOM file'],
    ['no archive', slice(1), 'scan.zip', 'Invalid DICOM file'],
    [
      'an archive without DICOM',
      zipOf([{ name: 'a', content: Buffer.from('x') }]),
      'a.zip',
      'Invalid DICOM file',
    ],
    [
      'an archive that says it is huge',
      zipOf([{ name: 'a', content: Buffer.alloc(9), claims: 0xffffffff }]),
      'a.zip',
      'Archive exceeds the allowed size.',
    ],
    [
      'an archive that is larger than it says',
      zipOf([{ name: 'a', content: Buffer.alloc(100_000), claims: 9 }]),
      'a.zip',
      'Archive exceeds the allowed size.',
    ],
  ])('is refused if it is %s', async (_name, content, name, problem) => {
    await expect(taskOf(content, { name }).then(whole)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field: 'file', problem }] },
    })
  })

  it('leaves its thread usable when nobody wants the answer any more', async () => {
    for await (const _part of threads.run(await taskOf(slice(1)))) break
    expect((await answerTo(slice(1))).Rows).toBe('6')
  })
})

describe('an archive that is read', () => {
  const archive = () =>
    zipOf([
      { name: 'b/', content: Buffer.alloc(0) },
      { name: '../evil.dcm', content: slice(2) },
      { name: 'one', content: slice(1) },
      { name: '__MACOSX/one', content: slice(3) },
      { name: 'inner.zip', content: zipOf([{ name: 'x', content: slice(4) }]) },
    ])

  it('gives the images of all instances in order, and lists them', async () => {
    const answer = await answerTo(archive(), { name: 'scans.ZIP', fields: ['InstanceNumber'] })
    expect(answer).toMatchObject({ InstanceNumber: '1', ImageFormat: 'PNG' })
    expect(kindsOf(answer.Images)).toEqual(['png', 'png'])
    expect(answer.Instances).toMatchObject([
      { FileName: 'one', InstanceNumber: '1', SeriesInstanceUID: '1.2.3', NumberOfImages: 1, Errors: [] },
      { FileName: '../evil.dcm', InstanceNumber: '2', NumberOfImages: 1, Errors: [] },
    ])
  })

  it('gives one animation for each series', async () => {
    const answer = await answerTo(archive(), { name: 'scans.zip', format: 'gif' })
    expect(kindsOf(answer.Images)).toEqual(['gif'])
  })
})

describe('a file that is generated', () => {
  it('is a DICOM file of the picture and the fields', async () => {
    const [image] = (await answerTo(slice(1))).Images as readonly string[]
    const task: FileTask = {
      kind: 'generate',
      images: [Buffer.from(image ?? '', 'base64')],
      fields: new Map([['PatientName', ['John Doe']]]),
      now: { date: '20250105', time: '101500.000000' },
    }
    const { dataSet, warnings } = parseDicomFile(await whole(task))
    expect(warnings).toEqual([])
    expect(findText(dataSet, 0x00100010)).toBe('John Doe')
    expect(findText(dataSet, 0x00080012)).toBe('20250105')
    await expect(whole({ ...task, images: [Buffer.from('no picture')] })).rejects.toMatchObject({
      refusal: { problems: [{ field: 'image' }] },
    })
  })
})
