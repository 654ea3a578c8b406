import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { RefusedError } from '../../../core/refusal.ts'
import { deidentify } from '../domain/deidentify.ts'
import { elementText } from '../domain/element-text.ts'
import {
  type ExamplePixels,
  exampleElements,
  exampleImage,
  exampleSamples,
  exampleSequence,
} from '../domain/example-files.ts'
import { presentJsonModel } from '../domain/json-model.ts'
import { makeDataSet } from '../domain/make-element.ts'
import { listNamedElements } from '../domain/metadata-text.ts'
import { type DicomFile, parseDicomFile } from '../domain/parse-file.ts'
import * as syntaxes from '../domain/transfer-syntax.ts'
import { writeDicomFile } from '../domain/write-file.ts'
import { openCodecPool } from './codec-pool.ts'
import type { FrameEncoding } from './encode-frame.ts'
import { openImage, renderImages } from './render-images.ts'
import { findSharedCorpus } from './shared-corpus.ts'
import { transcodeToCompressed } from './transcode.ts'

/** Cases of one run; the nightly run takes its time. */
const CASES = process.env.TOUCHSTONE_NIGHTLY === '1' ? 20_000 : 1_000

/** One case may take this long before it counts as a hang. */
const PATIENCE_MS = 2_000

/** Memory beyond the file that a case may hold on to. */
const MOST_GROWTH_BYTES = 256 << 20

const pool = openCodecPool({ workers: 2, timeoutMs: PATIENCE_MS, memoryBytes: 256 << 20 })
afterAll(() => pool.close())

const SMALL: ExamplePixels = { rows: 24, columns: 20, bitsAllocated: 16, bitsStored: 12 }
const COMPRESSED: readonly (readonly [FrameEncoding, syntaxes.TransferSyntax])[] = [
  [{ kind: 'rle' }, syntaxes.RLE_LOSSLESS],
  [{ kind: 'jpeg-lossless' }, syntaxes.JPEG_LOSSLESS_SV1],
  [{ kind: 'jpeg-ls', allowedError: 0 }, syntaxes.JPEG_LS_LOSSLESS],
  [{ kind: 'jpeg-2000', ratio: undefined }, syntaxes.JPEG_2000_LOSSLESS],
  [{ kind: 'htj2k', lossy: false, progression: 'default' }, syntaxes.HTJ2K_LOSSLESS],
]

/** Files of our own in every encoding, and those of the shared corpus that are small. */
async function seeds(): Promise<readonly Buffer[]> {
  const patient = openCodecPool({ workers: 2 })
  const nested = exampleSequence('RequestAttributesSequence', exampleElements(), [
    exampleSequence('RequestAttributesSequence', exampleElements()),
  ])
  const native = [
    syntaxes.EXPLICIT_LITTLE_ENDIAN,
    syntaxes.IMPLICIT_LITTLE_ENDIAN,
    syntaxes.EXPLICIT_BIG_ENDIAN,
    syntaxes.DEFLATED_EXPLICIT_LITTLE_ENDIAN,
  ].flatMap((syntax) => [
    writeDicomFile(makeDataSet([...exampleElements(), nested]), syntax),
    writeDicomFile(exampleImage(SMALL, exampleSamples(SMALL)), syntax),
  ])
  const color: ExamplePixels = { rows: 24, columns: 20, samplesPerPixel: 3, bitsAllocated: 8 }
  const image = openImage(parseDicomFile(writeDicomFile(exampleImage(SMALL, exampleSamples(SMALL)))))
  const colorImage = openImage(parseDicomFile(writeDicomFile(exampleImage(color, exampleSamples(color)))))
  const compressed = await Promise.all(
    COMPRESSED.map(async ([encoding, syntax]) =>
      writeDicomFile(await transcodeToCompressed(patient, image, encoding), syntax),
    ),
  )
  const jpeg = await transcodeToCompressed(patient, colorImage, { kind: 'jpeg', quality: 80 })
  await patient.close()
  const corpus = findSharedCorpus()
  const shared = corpus ? Object.keys(corpus.files).map((name) => corpus.read(name)) : []
  return [
    ...native,
    ...compressed,
    writeDicomFile(jpeg, syntaxes.JPEG_BASELINE),
    ...shared.filter(({ length }) => length < 40_000),
  ]
}

type Change =
  | { readonly kind: 'byte'; readonly at: number; readonly value: number }
  | { readonly kind: 'length'; readonly at: number; readonly value: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly count: number }
  | { readonly kind: 'remove'; readonly at: number; readonly count: number }

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const CHANGES: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('byte' as const),
      at: place,
      value: fc.integer({ min: 0, max: 255 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('length' as const),
      at: place,
      value: fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0xe000fffe),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), at: place }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('repeat' as const),
      at: place,
      count: fc.integer({ min: 1, max: 64 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      at: place,
      count: fc.integer({ min: 1, max: 16 }),
    }),
  },
)

/** Most changes fall into the first kilobytes, where the structure is. */
function mutate(bytes: Buffer, changes: readonly Change[]): Buffer {
  let current = bytes
  for (const [index, change] of changes.entries()) {
    const span = index % 2 === 0 ? Math.min(current.length, 4096) : current.length
    current = applyChange(current, change, Math.floor(change.at * span))
  }
  return current
}

function applyChange(bytes: Buffer, change: Change, at: number): Buffer {
  const before = bytes.subarray(0, at)
  switch (change.kind) {
    case 'byte':
      return Buffer.concat([before, Buffer.from([change.value]), bytes.subarray(at + 1)])
    case 'length': {
      const word = Buffer.alloc(4)
      word.writeUInt32LE(change.value)
      return Buffer.concat([before, word, bytes.subarray(at + 4)])
    }
    case 'cut':
      return before
    case 'repeat':
      return Buffer.concat([
        before,
        ...Array.from({ length: change.count }, () => bytes.subarray(at, at + 64)),
        bytes.subarray(at),
      ])
    case 'remove':
      return Buffer.concat([before, bytes.subarray(at + change.count)])
  }
}

/** What a refusal stops is over; whatever else is thrown fails the test. */
async function unlessRefused(work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
  }
}

async function firstPicture(file: DicomFile): Promise<void> {
  for await (const picture of renderImages(pool, openImage(file), {
    format: 'png',
    frames: [0],
    overlays: 'draw',
  })) {
    expect(picture.length).toBeGreaterThan(0)
    return
  }
}

async function useWholly(bytes: Buffer): Promise<void> {
  await unlessRefused(async () => {
    const file = parseDicomFile(bytes)
    for (const [, element] of listNamedElements(file.dataSet)) elementText(element, file.dataSet)
    presentJsonModel(file.dataSet)
    await unlessRefused(() => firstPicture(file))
    await unlessRefused(() => {
      const request = {
        options: new Set(['clean-descriptors', 'retain-modified-dates'] as const),
        key: Buffer.alloc(32),
        pixels: 'confirmed',
        method: 'fuzz',
      } as const
      parseDicomFile(writeDicomFile(deidentify(file.dataSet, request).dataSet))
    })
  })
}

describe('damaged files', () => {
  it(
    `give a result or a refusal in ${CASES} cases: no crash, no hang, bounded memory`,
    async () => {
      const files = await seeds()
      const before = process.memoryUsage().rss
      await fc.assert(
        fc.asyncProperty(
          fc.nat({ max: files.length - 1 }),
          fc.array(CHANGES, { minLength: 1, maxLength: 6 }),
          async (index, changes) => {
            await useWholly(mutate(files[index] ?? Buffer.alloc(0), changes))
          },
        ),
        { numRuns: CASES, timeout: PATIENCE_MS * 4, endOnFailure: true },
      )
      expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH_BYTES)
    },
    CASES * 120,
  )

  it('that are random bytes behind a prefix are read or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (noise) =>
        useWholly(Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), noise])),
      ),
      { numRuns: 300 },
    )
  })
})
