/**
 * Measures the DICOM code: `node bench/dicom.ts`, a Markdown table on standard output.
 *
 * Files are made by our own writer and encoders; with the shared corpus at hand (`TOUCHSTONE_SHARED` or beside
 * the repository) its files are measured too. Times are medians of warm runs, in milliseconds.
 */
import { availableParallelism, cpus } from 'node:os'
import { openCodecPool } from '../src/modules/dicom/codecs/codec-pool.ts'
import type { FrameEncoding } from '../src/modules/dicom/codecs/encode-frame.ts'
import { decodeImageFrame, openImage, renderImages } from '../src/modules/dicom/codecs/render-images.ts'
import { findSharedCorpus } from '../src/modules/dicom/codecs/shared-corpus.ts'
import { transcodeToCompressed } from '../src/modules/dicom/codecs/transcode.ts'
import {
  type ExamplePixels,
  example,
  exampleImage,
  exampleSamples,
} from '../src/modules/dicom/domain/example-files.ts'
import { makeElement } from '../src/modules/dicom/domain/make-element.ts'
import { listMetadata } from '../src/modules/dicom/domain/metadata-text.ts'
import { unpackFrame } from '../src/modules/dicom/domain/native-frame.ts'
import { parseDicomFile } from '../src/modules/dicom/domain/parse-file.ts'
import { encodePng } from '../src/modules/dicom/domain/png.ts'
import { renderFrame } from '../src/modules/dicom/domain/render-frame.ts'
import { planRendering } from '../src/modules/dicom/domain/render-plan.ts'
import * as syntaxes from '../src/modules/dicom/domain/transfer-syntax.ts'
import { writeDicomFile } from '../src/modules/dicom/domain/write-file.ts'

const OMIT = new Set(['PixelData'])
const pool = openCodecPool()

async function median(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}

function report(what: string, ms: number, budget = ''): void {
  console.log(`| ${what} | ${ms < 1 ? ms.toFixed(3) : ms.toFixed(1)} | ${budget} |`)
}

const CT: ExamplePixels = { rows: 512, columns: 512, bitsAllocated: 16, bitsStored: 12 }
const WINDOW = [example('WindowCenter', '2048'), example('WindowWidth', '3000')]

/** A CT with as many elements as scanners write. */
function ctFile(): Buffer {
  const privates = Array.from({ length: 180 }, (_, index) =>
    makeElement(0x00191000 + index, `value ${index}`, 'LO'),
  )
  return writeDicomFile(exampleImage(CT, exampleSamples(CT), [...WINDOW, ...privates]))
}

async function renderAll(file: Buffer): Promise<number> {
  let bytes = 0
  for await (const png of renderImages(pool, openImage(parseDicomFile(file)), { format: 'png' }))
    bytes += png.length
  return bytes
}

async function measureCt(): Promise<void> {
  const file = ctFile()
  report(
    'CT 512 x 512: parse and text of every element',
    await median(2000, () => listMetadata(parseDicomFile(file).dataSet, OMIT)),
    '0.3',
  )
  report(
    'CT 512 x 512: text of the pixel data too',
    await median(30, () => listMetadata(parseDicomFile(file).dataSet)),
  )
  const image = openImage(parseDicomFile(file))
  const bytes = exampleSamples(CT)
  const plan = planRendering(image.file.dataSet, image.pixels, { frame: 0, choice: { kind: 'default' } })
  report(
    'CT 512 x 512: decode, window and PNG in one thread',
    await median(100, () => encodePng(renderFrame(unpackFrame(bytes, image.pixels), plan))),
    '4',
  )
  report('CT 512 x 512: the same through the pool', await median(100, () => renderAll(file)))
}

const ENCODINGS: readonly (readonly [string, FrameEncoding, syntaxes.TransferSyntax])[] = [
  ['RLE', { kind: 'rle' }, syntaxes.RLE_LOSSLESS],
  ['JPEG lossless', { kind: 'jpeg-lossless' }, syntaxes.JPEG_LOSSLESS_SV1],
  ['JPEG-LS', { kind: 'jpeg-ls', allowedError: 0 }, syntaxes.JPEG_LS_LOSSLESS],
  ['JPEG 2000', { kind: 'jpeg-2000', ratio: undefined }, syntaxes.JPEG_2000_LOSSLESS],
  ['HTJ2K', { kind: 'htj2k', lossy: false, progression: 'default' }, syntaxes.HTJ2K_LOSSLESS],
]

async function measureSyntaxes(): Promise<void> {
  const image = openImage(parseDicomFile(writeDicomFile(exampleImage(CT, exampleSamples(CT), WINDOW))))
  for (const [name, encoding, syntax] of ENCODINGS) {
    const file = writeDicomFile(await transcodeToCompressed(pool, image, encoding), syntax)
    const compressed = openImage(parseDicomFile(file))
    report(
      `${name}, 512 x 512, 12 bits: decode`,
      await median(15, () => decodeImageFrame(pool, compressed, 0)),
    )
    report(`${name}, 512 x 512, 12 bits: decode, window and PNG`, await median(15, () => renderAll(file)))
  }
}

async function measureMultiFrame(): Promise<void> {
  const pixels: ExamplePixels = { rows: 512, columns: 512, bitsAllocated: 8, frames: 96 }
  const image = openImage(parseDicomFile(writeDicomFile(exampleImage(pixels, exampleSamples(pixels)))))
  const encoded = await transcodeToCompressed(pool, image, { kind: 'jpeg', quality: 85 })
  const file = writeDicomFile(encoded, syntaxes.JPEG_BASELINE)
  report(
    `96 frames 512 x 512 JPEG baseline (${(file.length / 2 ** 20).toFixed(1)} MiB): all to PNG`,
    await median(5, () => renderAll(file)),
    '500',
  )
}

async function measureCorpus(): Promise<void> {
  const corpus = findSharedCorpus()
  if (!corpus) {
    console.log('\nThe shared corpus is not there: its files are left out.')
    return
  }
  for (const name of [
    'CT_small.dcm',
    'examples_ybr_color.dcm',
    'RG3_J2KR.dcm',
    'HTJ2KLossless_08_RGB.dcm',
    'JPEG-LL.dcm',
    'eCT_Supplemental.dcm',
  ]) {
    const bytes = corpus.read(name)
    report(
      `${name}: parse and texts`,
      await median(200, () => listMetadata(parseDicomFile(bytes).dataSet, OMIT)),
    )
    report(
      `${name}: all frames to PNG`,
      await median(7, () => renderAll(bytes)),
      name.startsWith('RG3') ? '250' : '',
    )
  }
}

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}\n`,
)
console.log('| what | ms | budget |\n|---|---|---|')
await measureCt()
await measureSyntaxes()
await measureMultiFrame()
await measureCorpus()
await pool.close()
