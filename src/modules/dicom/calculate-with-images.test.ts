import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CalculationEngine, createCalculationEngine } from '../calculations/engine.ts'
import { makeRequest, makeSnippet, outcomeOf } from '../calculations/make-request.ts'
import { withDicomFiles } from './calculate-with-images.ts'
import { exampleImage, exampleSamples } from './domain/example-files.ts'
import { makeDataSet, makeElement } from './domain/make-element.ts'
import { writeDicomFile } from './domain/write-file.ts'
import { type ImageFiles, openImageFiles } from './image-files.ts'

const PIXELS = { rows: 2, columns: 3, bitsAllocated: 16, bitsStored: 12, signed: true, frames: 2 } as const
const SAMPLES = exampleSamples(PIXELS)
const FILE = writeDicomFile(exampleImage(PIXELS, SAMPLES))

let folder: string
let images: ImageFiles
let engine: CalculationEngine

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-calculate-'))
  images = openImageFiles({ folder, largestUpload: 2 ** 20 })
  const plain = createCalculationEngine({ timeZone: 'America/Toronto', packagesFolder: null })
  engine = withDicomFiles(plain, async () => images)
})

afterAll(async () => {
  await engine.close()
  await images.close()
  await rm(folder, { recursive: true })
})

async function evaluate(source: string, name: string, content: Uint8Array): Promise<unknown> {
  const snippet = { ...makeSnippet({ macro: 'testc', source }), file: { name, content } }
  return outcomeOf(await engine.evaluate(makeRequest({}, {}, { snippets: [snippet] })), 'testc')
}

it('gives calculations the values of an uploaded DICOM file by keyword', async () => {
  const source = `result = [DICOM['PatientID'], DICOM['SliceThickness'], DICOM['ImageType'], DICOM['Rows'],
    DICOM['ReferencedStudySequence'][0]['ReferencedSOPInstanceUID'], DICOM.get('PixelSpacing')]`
  expect(await evaluate(source, 'scan.dcm', FILE)).toEqual([
    'ID-4711',
    5,
    ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    2,
    '2.25.77',
    null,
  ])
})

it('gives calculations the pixels as lists and as bytes', async () => {
  const values = Array.from({ length: 12 }, (_, index) => SAMPLES.readInt16LE(index * 2))
  const nested = [0, 1].map((frame) =>
    [0, 1].map((row) => values.slice(frame * 6 + row * 3, frame * 6 + row * 3 + 3)),
  )
  const source = `view = memoryview(DICOM['pixels']).cast('h', shape=[DICOM['frames'], DICOM['rows'], DICOM['columns']])
result = [DICOM['array'], view.tolist() == DICOM['array'], DICOM['pixel_type'], DICOM['pixel_problem']]`
  expect(await evaluate(source, 'a file without an ending', FILE)).toEqual([nested, true, 'int16', null])
})

it('says why there are no pixels', async () => {
  const plan = writeDicomFile(
    makeDataSet([
      makeElement(0x00080016, '1.2.840.10008.5.1.4.1.1.481.5'),
      makeElement(0x00080018, '2.25.1'),
      makeElement(0x300a0002, 'Plan 1'),
    ]),
  )
  const source = `result = [DICOM['RTPlanLabel'], DICOM['frames'], DICOM['array'], DICOM['pixel_problem']]`
  expect(await evaluate(source, 'plan.dcm', plan)).toEqual(['Plan 1', 0, null, 'The file has no Pixel Data.'])
})

it('leaves other files, and what only seems to be DICOM, to their calculation', async () => {
  const source = `result = ['DICOM' in globals(), len(BIN_FILE.read())]`
  expect(await evaluate(source, 'numbers.csv', Buffer.from('1,2'))).toEqual([false, 3])
  expect(await evaluate(source, 'broken.dcm', Buffer.from('1,2'))).toEqual([false, 3])
  expect(await readdir(folder)).toEqual([])
})
