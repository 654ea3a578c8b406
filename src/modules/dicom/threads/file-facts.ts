import type { CodecPool } from '../codecs/codec-pool.ts'
import { decodeImageFrame, imageError, type OpenImage, openImage } from '../codecs/render-images.ts'
import { type DataSet, type DicomElement, sortedElements } from '../domain/data-set.ts'
import { findEntry } from '../domain/dictionary.ts'
import type { SampleType } from '../domain/instance-index.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import { findPixelElement } from '../domain/pixel-description.ts'
import { isBinaryNumberVr, isTooLarge, readBinaryNumbers, readTags, readTexts } from '../domain/read-value.ts'
import type { Samples } from '../domain/stored-frame.ts'
import { formatTag, isPrivateTag } from '../domain/tag.ts'
import { vrTraits } from '../domain/vr.ts'

/** Values of an element: one as it is, several as a list, a sequence as a list of items; nothing is null. */
export type FactValue = string | number | null | readonly FactValue[] | FactItem
export type FactItem = { readonly [keyword: string]: FactValue }

export type FileFacts = {
  /** by keyword; numbers of DS and IS as numbers, a person name as its text */
  readonly values: FactItem
  /** of all frames, or why there are none */
  readonly pixels: SampledPixels | { readonly problem: string }
}

export type SampledPixels = {
  readonly frames: number
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly sampleType: SampleType
}

/** A line of JSON with what a file says, then the samples of all its frames in little endian. */
export async function* fileFacts(
  pool: CodecPool,
  file: DicomFile,
  { mostPixelBytes }: { readonly mostPixelBytes: number },
): AsyncGenerator<Buffer> {
  const values = itemFacts(file.dataSet)
  const frames = await decodeAll(pool, file, mostPixelBytes)
  if ('problem' in frames) {
    yield line({ values, pixels: frames })
    return
  }
  const { rows, columns, samplesPerPixel } = frames.shape
  const sampleType = sampleTypeOf(frames.samples[0])
  yield line({
    values,
    pixels: { frames: frames.samples.length, rows, columns, samplesPerPixel, sampleType },
  })
  for (const { buffer, byteOffset, byteLength } of frames.samples)
    yield Buffer.from(buffer, byteOffset, byteLength)
}

function line(facts: FileFacts): Buffer {
  return Buffer.from(`${JSON.stringify(facts)}\n`)
}

type Decoded =
  | { readonly shape: OpenImage['pixels']; readonly samples: readonly Samples[] }
  | { readonly problem: string }

async function decodeAll(pool: CodecPool, file: DicomFile, mostBytes: number): Promise<Decoded> {
  if (!findPixelElement(file.dataSet)) return { problem: 'The file has no Pixel Data.' }
  try {
    const image = openImage(file)
    const { rows, columns, samplesPerPixel, bitsAllocated } = image.pixels
    const bytes = rows * columns * samplesPerPixel * Math.max(1, bitsAllocated / 8) * image.table.count
    if (bytes > mostBytes) return { problem: `The pixels take ${bytes} bytes; ${mostBytes} are allowed.` }
    const samples: Samples[] = []
    for (let frame = 0; frame < image.table.count; frame += 1) {
      samples.push((await decodeImageFrame(pool, image, frame)).samples)
    }
    return { shape: image.pixels, samples }
  } catch (error) {
    return { problem: imageError(error) }
  }
}

function sampleTypeOf(samples: Samples | undefined): SampleType {
  if (samples instanceof Float64Array) return 'float64'
  if (samples instanceof Float32Array) return 'float32'
  if (samples instanceof Int32Array) return 'int32'
  if (samples instanceof Uint32Array) return 'uint32'
  if (samples instanceof Int16Array) return 'int16'
  if (samples instanceof Uint16Array) return 'uint16'
  return samples instanceof Int8Array ? 'int8' : 'uint8'
}

function itemFacts(dataSet: DataSet): FactItem {
  return Object.fromEntries(
    sortedElements(dataSet).flatMap((element) => {
      const value = factOf(element, dataSet)
      return value === undefined ? [] : [[nameOf(element), value]]
    }),
  )
}

function nameOf({ tag }: DicomElement): string {
  return (isPrivateTag(tag) ? undefined : findEntry(tag)?.keyword) ?? formatTag(tag)
}

/** Undefined for bytes without a meaning of their own, and for what is too large to be an attribute. */
function factOf(element: DicomElement, dataSet: DataSet): FactValue | undefined {
  if (element.items) return element.items.map(itemFacts)
  if (isTooLarge(element)) return undefined
  if (element.vr === 'AT') return single(readTags(element).map(formatTag))
  if (isBinaryNumberVr(element.vr)) return single(readBinaryNumbers(element).map(plainNumber))
  if (vrTraits(element.vr).text === undefined) return undefined
  const texts = readTexts(element, dataSet)
  const isNumber = element.vr === 'DS' || element.vr === 'IS'
  return single(isNumber ? texts.map(numberOf) : texts)
}

/** JSON has neither NaN nor infinities. */
function plainNumber(value: number | bigint): FactValue {
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

function numberOf(text: string): FactValue {
  const number = Number(text)
  if (text.trim() === '') return null
  return Number.isFinite(number) ? number : text
}

function single(values: readonly FactValue[]): FactValue {
  const [first = null] = values
  return values.length > 1 ? values : first
}
