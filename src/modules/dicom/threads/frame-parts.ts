import type { CodecPool } from '../codecs/codec-pool.ts'
import { decodeImageFrame, openImage, takeFrame } from '../codecs/render-images.ts'
import { ybrToRgb } from '../domain/color.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import type { StoredFrame } from '../domain/stored-frame.ts'
import type { SamplesHead } from './stored-file-task.ts'

/** The decoded samples of a frame, counted from 0, behind a line that says what they are; lossy colours become RGB. */
export async function* samplesParts(pool: CodecPool, file: DicomFile, frame: number): AsyncGenerator<Buffer> {
  const decoded = asRgb(await decodeImageFrame(pool, openImage(file), frame))
  const { rows, columns, samplesPerPixel, photometric, samples } = decoded
  const head: SamplesHead = { rows, columns, samplesPerPixel, photometric }
  yield Buffer.from(`${JSON.stringify(head)}\n`)
  yield bytesOf(samples)
}

/** A frame as it is stored; native samples are given in little endian, and from the first bit of a byte on. */
export async function* frameParts(pool: CodecPool, file: DicomFile, frame: number): AsyncGenerator<Buffer> {
  const image = openImage(file)
  const { bytes, skipBits, pixels } = takeFrame(image, frame)
  if (pixels.codec === 'native' && (pixels.bigEndian || pixels.swappedBytes)) {
    yield bytesOf((await decodeImageFrame(pool, image, frame)).samples)
  } else if (pixels.bitsAllocated === 1 && pixels.codec === 'native') {
    yield alignedBits(bytes, skipBits, pixels.rows * pixels.columns)
  } else yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Packed bits, the lowest first, moved to the beginning of a byte. */
function alignedBits(bytes: Uint8Array, skipBits: number, count: number): Buffer {
  const aligned = Buffer.alloc(Math.ceil(count / 8))
  for (let index = 0; index < count; index += 1) {
    const at = skipBits + index
    const bit = ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1
    aligned[index >> 3] = (aligned[index >> 3] ?? 0) | (bit << (index & 7))
  }
  return aligned
}

function asRgb(frame: StoredFrame): StoredFrame {
  const { photometric, samples } = frame
  if (!photometric.startsWith('YBR') || !(samples instanceof Uint8Array)) return frame
  const range = photometric.startsWith('YBR_PARTIAL') ? 'partial' : 'full'
  return { ...frame, samples: ybrToRgb(samples, range), photometric: 'RGB' }
}

function bytesOf({ buffer, byteOffset, byteLength }: StoredFrame['samples']): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
