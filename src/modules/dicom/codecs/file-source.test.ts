import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { exampleElements, imageElements, rawElement } from '../domain/example-files.ts'
import { makeDataSet } from '../domain/make-element.ts'
import { listMetadata } from '../domain/metadata-text.ts'
import { parseDicomFile } from '../domain/parse-file.ts'
import { TAGS } from '../domain/tag.ts'
import { dicomFileChunks, writeDicomFile } from '../domain/write-file.ts'
import { openCodecPool } from './codec-pool.ts'
import { openFileSource } from './file-source.ts'
import { decodeImageFrame, openImage } from './render-images.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-dicom-'))
const pool = openCodecPool({ workers: 1 })
afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

const FRAMES = 3000
const FRAME_BYTES = 1024 * 1024

/** A file of three gigabytes, nearly all of it a hole that takes no room on the disk. */
function writeLargeFile(): string {
  const path = join(folder, 'large.dcm')
  const image = imageElements({ rows: 1024, columns: 1024, bitsAllocated: 8, frames: FRAMES })
  const head = writeDicomFile(makeDataSet([...exampleElements(), ...image]))
  const pixels = rawElement(TAGS.pixelData, 'OB', Buffer.alloc(0), FRAMES * FRAME_BYTES)
  const file = openSync(path, 'w')
  writeSync(file, Buffer.concat([head, pixels]))
  const begin = head.length + pixels.length
  writeSync(file, Buffer.alloc(FRAME_BYTES, 7), 0, FRAME_BYTES, begin + (FRAMES - 1) * FRAME_BYTES)
  ftruncateSync(file, begin + FRAMES * FRAME_BYTES)
  closeSync(file)
  return path
}

it('reads metadata, one frame and a copy of a file of gigabytes without holding it', async () => {
  const source = openFileSource(writeLargeFile())
  const before = process.memoryUsage().rss
  const file = parseDicomFile(source)
  expect(Object.fromEntries(listMetadata(file.dataSet, new Set(['PixelData'])))).toMatchObject({
    PatientName: 'Doe^Jane',
    NumberOfFrames: '3000',
  })
  const frame = await decodeImageFrame(pool, openImage(file), FRAMES - 1)
  expect([frame.samples.length, frame.samples[0], frame.samples[FRAME_BYTES - 1]]).toEqual([
    FRAME_BYTES,
    7,
    7,
  ])
  let copied = 0
  for (const chunk of dicomFileChunks(file.dataSet, file.transferSyntax)) {
    copied += chunk.length
    if (copied > 400 * FRAME_BYTES) break
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * FRAME_BYTES)
  source.close()
})
