import { crc32, deflateRawSync } from 'node:zlib'
import { openCodecPool } from '../../src/modules/dicom/codecs/codec-pool.ts'
import { openImage } from '../../src/modules/dicom/codecs/render-images.ts'
import { transcodeToCompressed } from '../../src/modules/dicom/codecs/transcode.ts'
import {
  type ExamplePixels,
  example,
  exampleImage,
  exampleSamples,
} from '../../src/modules/dicom/domain/example-files.ts'
import { parseDicomFile } from '../../src/modules/dicom/domain/parse-file.ts'
import {
  EXPLICIT_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  type TransferSyntax,
} from '../../src/modules/dicom/domain/transfer-syntax.ts'
import { writeDicomFile } from '../../src/modules/dicom/domain/write-file.ts'

export const SLICE: ExamplePixels = { rows: 6, columns: 4, bitsAllocated: 16, bitsStored: 12 }

/** A file of the image store's tests: a CT slice unless told otherwise. */
export function makeDicomFile(
  attributes: Readonly<Record<string, string | readonly string[]>> = {},
  {
    pixels = SLICE,
    syntax = EXPLICIT_LITTLE_ENDIAN,
  }: { pixels?: ExamplePixels; syntax?: TransferSyntax } = {},
): Buffer {
  const elements = Object.entries(attributes).map(([keyword, value]) => example(keyword, ...[value].flat()))
  return writeDicomFile(exampleImage(pixels, exampleSamples(pixels), elements), syntax)
}

/** A ZIP archive of entries with their contents, deflated. */
export function zipOf(entries: readonly (readonly [name: string, content: Buffer])[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of entries) {
    const packed = deflateRawSync(content)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, tail, Buffer.from(name)]),
    )
    parts.push(local)
    at += local.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

/** A file with two frames in RLE. */
export async function makeCompressedFile(
  attributes: Readonly<Record<string, string | readonly string[]>>,
): Promise<Buffer> {
  const pool = openCodecPool()
  try {
    const file = parseDicomFile(makeDicomFile(attributes, { pixels: { ...SLICE, frames: 2 } }))
    const dataSet = await transcodeToCompressed(pool, openImage(file), { kind: 'rle' })
    return writeDicomFile(dataSet, RLE_LOSSLESS)
  } finally {
    await pool.close()
  }
}
