import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { frameToRgb } from '../domain/color.ts'
import { elementText } from '../domain/element-text.ts'
import { isFalsy, listNamedElements } from '../domain/metadata-text.ts'
import { parseDicomFile } from '../domain/parse-file.ts'
import type { Samples } from '../domain/stored-frame.ts'
import { openCodecPool } from './codec-pool.ts'
import { decodeImageFrame, openImage, renderImages } from './render-images.ts'
import { type ExpectedFile, findSharedCorpus, type SharedCorpus } from './shared-corpus.ts'

/** Files whose pixels cannot be shown, and what is said instead; the truth has no samples for them either. */
const WITHOUT_PICTURE: Readonly<Record<string, string>> = {
  'nested_priv_SQ.dcm': 'Bits Allocated is missing.',
  'MR_truncated.dcm': 'The pixel data are shorter than one frame.',
}

const corpus = findSharedCorpus()
// biome-ignore lint/suspicious/noConsole: a skipped test says why.
if (!corpus) console.info('Skipped: the shared folder with the public DICOM files is not there.')

const pool = openCodecPool()
afterAll(() => pool.close())

function sha256({ buffer, byteOffset, byteLength }: Samples): string {
  return createHash('sha256')
    .update(Buffer.from(buffer, byteOffset, byteLength))
    .digest('hex')
}

function clipped(text: string, clip: number): string {
  return [...text].slice(0, clip).join('')
}

function checkTexts(name: string, expected: ExpectedFile, { clip, read }: SharedCorpus): void {
  const { dataSet } = parseDicomFile(read(name))
  const named = new Map(listNamedElements(dataSet))
  const texts = [...named].map(([keyword, element]) => [keyword, elementText(element, dataSet)] as const)
  const shown = Object.fromEntries(texts.map(([keyword, text]) => [keyword, clipped(text, clip)]))
  expect(shown).toMatchObject(expected.values)
  const lengths = Object.fromEntries(texts.map(([keyword, text]) => [keyword, [...text].length]))
  expect(lengths).toMatchObject(expected.full_length)
  const vrs = Object.fromEntries([...named].map(([keyword, { vr }]) => [keyword, vr]))
  expect(vrs).toMatchObject(expected.vr)
  const falsy = [...named].filter(([, element]) => isFalsy(element, dataSet)).map(([keyword]) => keyword)
  expect(falsy.filter((keyword) => keyword in expected.values).sort()).toEqual([...expected.falsy].sort())
}

async function checkSamples(name: string, { pixels }: ExpectedFile, { read }: SharedCorpus): Promise<void> {
  if (!pixels) return
  const reason = WITHOUT_PICTURE[name]
  if (reason !== undefined) {
    expect(() => openImage(parseDicomFile(read(name)))).toThrow(reason)
    return
  }
  const image = openImage(parseDicomFile(read(name)))
  for (const [which, frame] of [
    ['first', 0],
    ['last', pixels.frames - 1],
  ] as const) {
    const raw = pixels.raw[which]
    if (!raw) continue
    const stored = await decodeImageFrame(pool, image, frame)
    expect(stored.samples.length).toBe(raw.shape.reduce((product, side) => product * side, 1))
    expect(sha256(stored.samples)).toBe(raw.sha256_le)
    const rgb = pixels.rgb?.[which]
    if (rgb) expect(sha256(frameToRgb(stored, image.pixels.bitsStored))).toBe(rgb.sha256_le)
  }
  for (const format of ['png', 'jpeg', 'gif'] as const) {
    let pictures = 0
    for await (const picture of renderImages(pool, image, { format })) pictures += picture.length > 0 ? 1 : 0
    expect(pictures).toBe(format === 'gif' ? 1 : pixels.frames)
  }
}

describe.skipIf(!corpus)('every file of the shared corpus', () => {
  const entries = corpus ? Object.entries(corpus.files) : []

  it.each(entries)('%s has the expected texts, VRs and samples', async (name, expected) => {
    if (!corpus) return
    checkTexts(name, expected, corpus)
    await checkSamples(name, expected, corpus)
  })
})
