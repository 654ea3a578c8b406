import { invalidInput } from '../../../core/refusal.ts'

const HEADER_BYTES = 64
const MOST_SEGMENTS = 15

/**
 * Decodes an RLE frame (PS3.5 annex G): byte planes, most significant first, one set a component.
 *
 * @param size bytes of the decoded frame
 * @returns interleaved samples in little endian
 * @throws RefusedError `invalid-input` if segments are missing or short
 */
export function decodeRle(
  bytes: Uint8Array,
  {
    pixels,
    samplesPerPixel,
    bytesPerSample,
  }: { pixels: number; samplesPerPixel: number; bytesPerSample: number },
): Uint8Array {
  const offsets = readOffsets(bytes)
  const planes = samplesPerPixel * bytesPerSample
  if (offsets.length !== planes) {
    throw invalidInput('PixelData', `The RLE frame has ${offsets.length} segments instead of ${planes}.`)
  }
  const result = new Uint8Array(pixels * planes)
  for (const [index, begin] of offsets.entries()) {
    const component = Math.floor(index / bytesPerSample)
    const significance = bytesPerSample - 1 - (index % bytesPerSample)
    const segment = bytes.subarray(begin, offsets[index + 1] ?? bytes.length)
    unpackSegment(segment, {
      result,
      first: component * bytesPerSample + significance,
      step: planes,
      count: pixels,
    })
  }
  return result
}

function readOffsets(bytes: Uint8Array): readonly number[] {
  if (bytes.length < HEADER_BYTES) throw invalidInput('PixelData', 'The RLE header is cut off.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const count = view.getUint32(0, true)
  if (count > MOST_SEGMENTS) throw invalidInput('PixelData', 'The RLE header is damaged.')
  return Array.from({ length: count }, (_, index) => view.getUint32(4 + index * 4, true))
}

type Plane = {
  readonly result: Uint8Array
  readonly first: number
  readonly step: number
  readonly count: number
}

/** PackBits of one byte plane (PS3.5 annex G.3.2), written with a stride. */
function unpackSegment(segment: Uint8Array, plane: Plane): void {
  let at = 0
  let written = 0
  while (written < plane.count && at < segment.length) {
    const control = segment[at] ?? 0
    const repeats = control > 128
    const length = control === 128 ? 0 : Math.min(runBytes(control), plane.count - written)
    copyRun(segment, at + 1, { ...plane, written, length, stride: repeats ? 0 : 1 })
    at += 1 + (repeats ? 1 : length)
    written += length
  }
  if (written < plane.count || at > segment.length) {
    throw invalidInput('PixelData', 'An RLE segment is cut off.')
  }
}

/** Bytes that a control byte stands for: repeated above 128, literal below. */
function runBytes(control: number): number {
  return control > 128 ? 257 - control : control + 1
}

type Run = Plane & { readonly written: number; readonly length: number; readonly stride: 0 | 1 }

function copyRun(
  segment: Uint8Array,
  from: number,
  { result, first, step, written, length, stride }: Run,
): void {
  for (let index = 0; index < length; index += 1) {
    result[first + (written + index) * step] = segment[from + index * stride] ?? 0
  }
}

/** Encodes interleaved little-endian samples as an RLE frame; rows are packed apart, as annex G.3.1 asks. */
export function encodeRle(
  bytes: Uint8Array,
  {
    columns,
    samplesPerPixel,
    bytesPerSample,
  }: { columns: number; samplesPerPixel: number; bytesPerSample: number },
): Buffer {
  const planes = samplesPerPixel * bytesPerSample
  const pixels = Math.floor(bytes.length / planes)
  const segments = Array.from({ length: planes }, (_, index) => {
    const component = Math.floor(index / bytesPerSample)
    const first = component * bytesPerSample + bytesPerSample - 1 - (index % bytesPerSample)
    const plane = Uint8Array.from({ length: pixels }, (_, pixel) => bytes[first + pixel * planes] ?? 0)
    return packSegment(plane, columns)
  })
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32LE(planes, 0)
  let offset = HEADER_BYTES
  for (const [index, segment] of segments.entries()) {
    header.writeUInt32LE(offset, 4 + index * 4)
    offset += segment.length
  }
  return Buffer.concat([header, ...segments])
}

function packSegment(plane: Uint8Array, columns: number): Buffer {
  const packed: number[] = []
  for (let at = 0; at < plane.length; at += columns) packRow(plane.subarray(at, at + columns), packed)
  if (packed.length % 2 === 1) packed.push(0)
  return Buffer.from(packed)
}

function packRow(row: Uint8Array, packed: number[]): void {
  let at = 0
  while (at < row.length) {
    const same = runLength(row, at)
    if (same >= 2) {
      packed.push(257 - same, row[at] ?? 0)
      at += same
      continue
    }
    const begin = at
    while (at < row.length && at - begin < 128 && runLength(row, at) < 3) at += 1
    packed.push(at - begin - 1, ...row.subarray(begin, at))
  }
}

/** How often the byte at `at` is repeated, at most 128. */
function runLength(row: Uint8Array, at: number): number {
  let end = at + 1
  while (end < row.length && end - at < 128 && row[end] === row[at]) end += 1
  return end - at
}
