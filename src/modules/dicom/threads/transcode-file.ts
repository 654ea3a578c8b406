import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { invalidInput } from '../../../core/refusal.ts'
import type { CodecPool } from '../codecs/codec-pool.ts'
import type { FrameEncoding } from '../codecs/encode-frame.ts'
import { openImage } from '../codecs/render-images.ts'
import { transcodeToCompressed, transcodeToNative } from '../codecs/transcode.ts'
import type { DataSet } from '../domain/data-set.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import { findPixelElement } from '../domain/pixel-description.ts'
import { LOSSLESS_TARGETS } from '../domain/transcoding-targets.ts'
import { GE_PRIVATE_BIG_ENDIAN_PIXELS, transferSyntaxOf } from '../domain/transfer-syntax.ts'
import { dicomFileChunks } from '../domain/write-file.ts'

/**
 * Writes a file in another transfer syntax, without any further loss.
 *
 * @throws RefusedError `invalid-input` if its pixels cannot be brought into that form
 */
export async function transcodeFile(
  pool: CodecPool,
  file: DicomFile,
  { out, syntax }: { readonly out: string; readonly syntax: string },
): Promise<void> {
  const encoding = LOSSLESS_TARGETS.get(syntax)
  if (encoding === undefined) throw invalidInput('transfer-syntax', `${syntax} cannot be written.`)
  const dataSet = await transcoded(pool, file, encoding)
  const target = createWriteStream(out, { flags: 'wx', mode: 0o600 })
  await pipeline(Readable.from(dicomFileChunks(dataSet, transferSyntaxOf(syntax))), target)
}

async function transcoded(
  pool: CodecPool,
  file: DicomFile,
  encoding: FrameEncoding | 'native',
): Promise<DataSet> {
  if (!findPixelElement(file.dataSet)) return file.dataSet
  const image = openImage(file)
  if (encoding !== 'native') return transcodeToCompressed(pool, image, encoding)
  const isNative =
    image.pixels.codec === 'native' &&
    !image.table.element.fragments &&
    file.transferSyntax.uid !== GE_PRIVATE_BIG_ENDIAN_PIXELS.uid
  return isNative ? file.dataSet : transcodeToNative(pool, image)
}
