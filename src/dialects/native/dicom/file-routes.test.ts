import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { startSession } from '../../../modules/access/start-session.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  asUser,
  makeAccess,
  makeAccessContext,
} from '../../../modules/access/testing.ts'
import {
  example,
  exampleImage,
  exampleSamples,
  exampleSequence,
} from '../../../modules/dicom/domain/example-files.ts'
import { writeDicomFile } from '../../../modules/dicom/domain/write-file.ts'
import { createDicom } from '../../../modules/dicom/store/migrations/0001-create.ts'
import { forEachDatabase, type OpenTestDatabase } from '../../../platform/database/testing.ts'
import { declarePermissions, makeUserWith, openNativeServer } from '../testing.ts'
import type { WireFormFields } from './generate.schema.ts'
import type { WireViewInstance, WireViewPart } from './reader.schema.ts'

const GREY = { rows: 6, columns: 4, bitsAllocated: 16, bitsStored: 12 } as const

function slice(instance: number, more: Parameters<typeof exampleImage>[2] = []): Buffer {
  return writeDicomFile(
    exampleImage(GREY, exampleSamples(GREY), [example('InstanceNumber', String(instance)), ...more]),
  )
}

type Part = { readonly head: WireViewPart; readonly payload: Buffer }

function partsOf(stream: Buffer): readonly Part[] {
  const parts: Part[] = []
  for (let at = 0; at < stream.length; ) {
    const [head, payload] = [stream.readUInt32LE(at), stream.readUInt32LE(at + 4)]
    const begin = at + 8 + head
    parts.push({
      head: JSON.parse(stream.toString('utf8', at + 8, begin)) as WireViewPart,
      payload: stream.subarray(begin, begin + payload),
    })
    at = begin + payload
  }
  return parts
}

/** The facts of an instance. @throws when the part is none */
function instanceOf(part: Part | undefined): WireViewInstance {
  if (part?.head.kind !== 'instance') throw new Error('This part describes no instance.')
  return part.head
}

type FormPart = { readonly name: string; readonly content: Buffer | string; readonly filename?: string }

function formOf(parts: readonly FormPart[]): { payload: Buffer; headers: Record<string, string> } {
  const pieces = parts.flatMap(({ name, content, filename }) => [
    Buffer.from(
      `--xx\r\nContent-Disposition: form-data; name="${name}"${
        filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: application/octet-stream`
      }\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...pieces, Buffer.from('--xx--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=xx' },
  }
}

/** A ZIP archive of deflated entries (PKWARE APPNOTE 4.3). */
function zipOf(entries: Readonly<Record<string, Buffer>>): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(content)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(content), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(content.length, 18)
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
  end.writeUInt16LE(central.length, 8)
  end.writeUInt16LE(central.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

/** An 8-bit grey PNG of one colour (W3C PNG 11.2). */
function greyPng(width: number, height: number, grey: number): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), body])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(body.length, 0)
    ends.writeUInt32BE(crc32(named), 4)
    return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const rows = Buffer.alloc(height * (width + 1), grey)
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

async function setUp(open: OpenTestDatabase) {
  const ctx = makeAccessContext(await open())
  await declarePermissions(ctx, ['dicom.access'])
  const access = makeAccess()
  const { server, ask } = await openNativeServer(ctx, { access })
  const reader = await makeUserWith(ctx, ['dicom.access'])
  const stranger = await makeUserWith(ctx, [])
  const send = async (path: string, parts: readonly FormPart[], as = reader) => {
    const { secret } = await startSession(await asUser(ctx, as), access, {})
    return server.inject({
      method: 'POST',
      url: path,
      cookies: { touchstone_session: secret },
      ...formOf(parts),
    })
  }
  const read = async (content: Buffer, filename = 'scan.dcm') =>
    partsOf((await send('/api/v1/dicom/read', [{ name: 'file', content, filename }])).rawPayload)
  return { server, ask, reader, stranger, send, read }
}

forEachDatabase(
  'the endpoints that read and generate files',
  [...ACCESS_TEST_MIGRATIONS, createDicom],
  (open) => {
    it('tell elements, pixels and stored samples of a file', async () => {
      const { server, read } = await setUp(open)
      const content = slice(7, [
        example('RescaleSlope', '2'),
        example('RescaleIntercept', '-1000'),
        example('WindowCenter', '40'),
        example('WindowWidth', '400'),
        example('PixelSpacing', '0.5', '0.25'),
        exampleSequence('ReferencedImageSequence', [example('ReferencedSOPInstanceUID', '2.25.5')]),
      ])
      const [instance, frame, end, ...rest] = await read(content)
      expect(rest).toEqual([])
      expect(instance?.head).toMatchObject({
        kind: 'instance',
        name: 'scan.dcm',
        instanceNumber: '7',
        modality: 'CT',
        sopClassName: 'CT Image Storage',
        transferSyntaxName: 'Explicit VR Little Endian',
        problem: null,
        pixels: {
          ...{ rows: 6, columns: 4, frames: 1, slope: 2, intercept: -1000, unit: 'HU', bitsStored: 12 },
          windows: [{ center: 40, width: 400, function: 'LINEAR' }],
          ...{ spacingMm: [0.5, 0.25], spacingFrom: 'patient', inverted: false, frameTimeMs: null },
        },
      })
      const { elements } = instanceOf(instance)
      expect(elements).toContainEqual({
        ...{
          tag: '(0010,0010)',
          keyword: 'PatientName',
          name: "Patient's Name",
          vr: 'PN',
          value: 'Doe^Jane',
        },
        ...{ depth: 0, item: null },
      })
      expect(elements).toContainEqual({
        ...{ tag: '(0008,1155)', keyword: 'ReferencedSOPInstanceUID', name: 'Referenced SOP Instance UID' },
        ...{ vr: 'UI', value: '2.25.5', depth: 1, item: 1 },
      })
      expect(elements.find(({ keyword }) => keyword === 'PixelData')?.value).toBe('48 bytes')
      expect(frame).toEqual({
        head: { kind: 'frame', instance: 0, frame: 0, form: 'grey', sampleType: 'uint16' },
        payload: exampleSamples(GREY),
      })
      expect(end?.head).toEqual({ kind: 'end' })
      await server.close()
    })

    it('give colour as RGB, and the files of an archive in order with what was passed over', async () => {
      const { server, read } = await setUp(open)
      const color = { rows: 2, columns: 3, bitsAllocated: 8, samplesPerPixel: 3 } as const
      const [, frame] = await read(writeDicomFile(exampleImage(color, exampleSamples(color))))
      expect(frame).toEqual({
        head: { kind: 'frame', instance: 0, frame: 0, form: 'rgb', sampleType: 'uint8' },
        payload: exampleSamples(color),
      })
      const zip = zipOf({ 'b/2.dcm': slice(2), 'notes.txt': Buffer.from('hello'), 'a/1': slice(1) })
      const heads = (await read(zip, 'export')).map(({ head }) => head)
      expect(heads.filter(({ kind }) => kind === 'instance')).toMatchObject([
        { index: 0, name: 'a/1', instanceNumber: '1' },
        { index: 1, name: 'b/2.dcm', instanceNumber: '2' },
      ])
      expect(heads).toContainEqual({ kind: 'skipped', name: 'notes.txt', reason: 'Invalid DICOM file' })
      await server.close()
    })

    it('tell why there is no picture, and which frames are missing', async () => {
      const { server, read } = await setUp(open)
      const broken = writeDicomFile(exampleImage(GREY, exampleSamples(GREY), [example('BitsAllocated', 13)]))
      expect((await read(broken))[0]?.head).toMatchObject({
        pixels: null,
        problem: '13 bits allocated are not supported.',
      })
      const short = { ...GREY, frames: 3 } as const
      const two = exampleSamples(short).subarray(0, 2 * 48)
      expect((await read(writeDicomFile(exampleImage(short, two))))[0]?.head).toMatchObject({
        pixels: { frames: 2 },
        problem: 'The image announces 3 frames and holds 2.',
      })
      await server.close()
    })

    it('find fields, check values and make a file that is read back', async () => {
      const { server, ask, reader, send, read } = await setUp(open)
      const path = '/api/v1/dicom/generate'
      const found = (await ask('GET', `${path}/fields?q=patient's sex`, reader)).body as WireFormFields
      expect(found.items[0]).toEqual({
        ...{ keyword: 'PatientSex', name: "Patient's Sex", tag: '(0010,0040)', vr: 'CS', vm: '1' },
        ...{ several: false, retired: false },
        terms: [
          { value: 'M', meaning: 'male' },
          { value: 'F', meaning: 'female' },
          { value: 'O', meaning: 'other' },
        ],
      })
      const none = (
        await ask('GET', `${path}/fields?keywords=PixelData,Rows,ReferencedStudySequence,Nope`, reader)
      ).body
      expect(none).toEqual({ items: [], total: 0 })
      const checked = await ask('POST', `${path}/check`, reader, {
        fields: {
          PatientSex: ['m'],
          StudyDate: '2024-02-30',
          PatientName: 'Doe^Jane',
          Rows: '1',
          StudyTime: '10:15',
        },
      })
      expect(checked).toMatchObject({ status: 200 })
      expect(checked.body).toEqual({
        problems: [
          {
            field: 'PatientSex',
            problem: 'Only capital letters, digits, blanks and underscores are allowed in this field.',
          },
          {
            field: 'StudyDate',
            problem: 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.',
          },
          { field: 'Rows', problem: 'This is no field of a form.' },
        ],
      })
      const made = await send(path, [
        { name: 'fileName', content: 'phantom' },
        { name: 'fields', content: JSON.stringify({ PatientName: 'Phantom^Öl', StudyDate: ['2024-02-29'] }) },
        { name: 'image', content: greyPng(5, 3, 77), filename: 'p.png' },
      ])
      expect(made.headers).toMatchObject({
        'content-type': 'application/dicom',
        'content-disposition': 'attachment; filename="phantom.dcm"',
      })
      const [instance, frame] = await read(made.rawPayload, 'phantom.dcm')
      const { elements } = instanceOf(instance)
      expect(elements.find(({ keyword }) => keyword === 'PatientName')?.value).toBe('Phantom^Öl')
      expect(elements.find(({ keyword }) => keyword === 'StudyDate')?.value).toBe('20240229')
      expect(frame?.payload).toEqual(Buffer.alloc(15, 77))
      await server.close()
    })

    it('refuse what they should with the status for it, and keep no file', async () => {
      const { server, ask, send, reader, stranger } = await setUp(open)
      const file = { name: 'file', content: slice(1), filename: 'scan.dcm' }
      const image = { name: 'image', content: greyPng(2, 2, 0), filename: 'p.png' }
      const fileName = { name: 'fileName', content: 'x' }
      const cases = [
        ['/api/v1/dicom/read', [file], stranger, 403],
        ['/api/v1/dicom/read', [], reader, 400],
        ['/api/v1/dicom/read', [{ ...file, content: '' }], reader, 400],
        [
          '/api/v1/dicom/read',
          [{ ...file, content: 'no DICOM at all, but long enough to look at' }],
          reader,
          400,
        ],
        ['/api/v1/dicom/read', [{ ...file, content: 'PK\x03\x04 no archive' }], reader, 400],
        ['/api/v1/dicom/generate', [fileName, image], stranger, 403],
        ['/api/v1/dicom/generate', [image], reader, 400],
        ['/api/v1/dicom/generate', [fileName], reader, 400],
        ['/api/v1/dicom/generate', [fileName, { ...image, content: 'no picture' }], reader, 400],
        ['/api/v1/dicom/generate', [fileName, { ...image, content: Buffer.alloc(6 * 2 ** 20) }], reader, 400],
        ['/api/v1/dicom/generate', [fileName, image, { name: 'fields', content: '{' }], reader, 400],
        [
          '/api/v1/dicom/generate',
          [fileName, image, { name: 'fields', content: '{"StudyDate":"x"}' }],
          reader,
          400,
        ],
      ] as const
      for (const [path, parts, as, status] of cases)
        expect(
          (await send(path, parts, as)).statusCode,
          `${path} ${JSON.stringify(parts.map((part) => part.name))}`,
        ).toBe(status)
      expect((await ask('POST', '/api/v1/dicom/read', undefined)).status).toBe(401)
      expect((await ask('POST', '/api/v1/dicom/read', reader, {})).status).toBe(400)
      expect(
        (await ask('POST', '/api/v1/dicom/generate/check', reader, { fields: { StudyDate: 7 } })).status,
      ).toBe(400)
      expect((await ask('GET', '/api/v1/dicom/generate/fields?limit=x', reader)).status).toBe(400)
      await server.close()
    })
  },
)
