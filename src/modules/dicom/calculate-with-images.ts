import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RefusedError } from '../../core/refusal.ts'
import type { Snippet } from '../calculations/domain/calculation.ts'
import type { PythonValue } from '../calculations/domain/python-value.ts'
import type { CalculationEngine } from '../calculations/engine.ts'
import { collect, type ImageFiles } from './image-files.ts'
import type { FileFacts, SampledPixels } from './threads/file-facts.ts'

type Evaluating = Pick<CalculationEngine, 'evaluate'>

/** Pixels of all frames that a calculation is given at most. */
const MOST_PIXEL_BYTES = 16 * 2 ** 20

/** Samples that also come as lists: those of one CT slice. */
const MOST_LISTED = 2 ** 18

/**
 * An engine whose calculations also have `DICOM` when the uploaded file behind `FILE` is a DICOM file: a dictionary of
 * values by keyword (`DICOM['PatientID']`; several values as a list, sequences as lists of dictionaries), with
 * `frames`, `rows`, `columns`, `samples_per_pixel`, `pixels` (bytes in little endian), `pixel_type` (`int16`, as NumPy
 * calls it), `array` (`[frame][row][column]`, of small images, else None) and `pixel_problem` (why there are none).
 */
export function withDicomFiles<Engine extends Evaluating>(
  engine: Engine,
  images: () => Promise<ImageFiles>,
): Engine {
  return {
    ...engine,
    evaluate: async (request, ...more) => {
      const file = request.snippets.map((snippet) => snippet.file).find((one) => one && looksLikeDicom(one))
      const facts = file && (await readFacts(await images(), file.content))
      const whole = facts ? { ...request, names: { ...request.names, DICOM: facts } } : request
      return engine.evaluate(whole, ...more)
    },
  }
}

/** By its mark, or by a name that says so: old files have no mark. */
function looksLikeDicom({ name, content }: NonNullable<Snippet['file']>): boolean {
  const mark = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, 132))
  return mark.toString('latin1', 128, 132) === 'DICM' || /\.(dcm|dicom|ima)$/i.test(name)
}

/** Undefined for what is no DICOM after all: its calculation then reads the file as it reads any other. */
async function readFacts(images: ImageFiles, content: Uint8Array): Promise<PythonValue | undefined> {
  return images.withFolder(async (folder) => {
    const path = join(folder, 'upload')
    await writeFile(path, content, { mode: 0o600 })
    try {
      const parts = images.threads.run({ kind: 'facts', path, mostPixelBytes: MOST_PIXEL_BYTES })
      return dictionaryOf(await collect(parts))
    } catch (error) {
      if (error instanceof RefusedError && error.refusal.kind === 'invalid-input') return undefined
      throw error
    }
  })
}

function dictionaryOf(answer: Buffer): PythonValue {
  const end = answer.indexOf(0x0a)
  const { values, pixels }: FileFacts = JSON.parse(answer.toString('utf8', 0, end))
  return { ...values, ...pixelNames(pixels, answer.subarray(end + 1)) }
}

const NO_PIXELS = {
  frames: 0,
  rows: null,
  columns: null,
  samples_per_pixel: null,
  pixels: null,
  pixel_type: null,
  array: null,
}

function pixelNames(pixels: FileFacts['pixels'], bytes: Buffer): Record<string, PythonValue> {
  if ('problem' in pixels) return { ...NO_PIXELS, pixel_problem: pixels.problem }
  return {
    frames: pixels.frames,
    rows: pixels.rows,
    columns: pixels.columns,
    samples_per_pixel: pixels.samplesPerPixel,
    pixels: { $bytes: bytes.toString('base64') },
    pixel_type: pixels.sampleType,
    array: listsOf(pixels, bytes),
    pixel_problem: null,
  }
}

/** `[frame][row][column]`, or `[frame][row][column][sample]` in colour. */
function listsOf(
  { frames, rows, columns, samplesPerPixel, sampleType }: SampledPixels,
  bytes: Buffer,
): PythonValue {
  const count = frames * rows * columns * samplesPerPixel
  if (count > MOST_LISTED) return null
  const { word, read } = READERS[sampleType]
  const flat = Array.from({ length: count }, (_, index) => read(bytes, index * word))
  const pixels = samplesPerPixel === 1 ? flat : grouped<PythonValue>(flat, samplesPerPixel)
  return grouped<PythonValue>(grouped<PythonValue>(pixels, columns), rows)
}

function grouped<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.floor(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  )
}

type Reader = { readonly word: number; readonly read: (bytes: Buffer, at: number) => PythonValue }

const READERS: Readonly<Record<SampledPixels['sampleType'], Reader>> = {
  uint8: { word: 1, read: (bytes, at) => bytes.readUInt8(at) },
  int8: { word: 1, read: (bytes, at) => bytes.readInt8(at) },
  uint16: { word: 2, read: (bytes, at) => bytes.readUInt16LE(at) },
  int16: { word: 2, read: (bytes, at) => bytes.readInt16LE(at) },
  uint32: { word: 4, read: (bytes, at) => bytes.readUInt32LE(at) },
  int32: { word: 4, read: (bytes, at) => bytes.readInt32LE(at) },
  float32: { word: 4, read: (bytes, at) => finite(bytes.readFloatLE(at)) },
  float64: { word: 8, read: (bytes, at) => finite(bytes.readDoubleLE(at)) },
}

function finite(value: number): PythonValue {
  if (Number.isFinite(value)) return value
  return { $float: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' }
}
