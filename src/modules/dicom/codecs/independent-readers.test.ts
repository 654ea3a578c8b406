import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ExamplePixels, exampleImage, exampleSamples } from '../domain/example-files.ts'
import { parseDicomFile } from '../domain/parse-file.ts'
import { makeSecondaryCapture, type Picture } from '../domain/secondary-capture.ts'
import * as syntaxes from '../domain/transfer-syntax.ts'
import { uidOfUuid } from '../domain/uid.ts'
import { writeDicomFile } from '../domain/write-file.ts'
import { openCodecPool } from './codec-pool.ts'
import type { FrameEncoding } from './encode-frame.ts'
import { openImage } from './render-images.ts'
import { transcodeToCompressed } from './transcode.ts'

/** Whether a command runs here; says which tests are skipped where it does not. */
function isHere(command: string, args: readonly string[]): boolean {
  const here = spawnSync(command, args, { stdio: 'ignore' }).status === 0
  // biome-ignore lint/suspicious/noConsole: a skipped test says why.
  if (!here) console.info(`Skipped: ${command} ${args.join(' ')} does not run here.`)
  return here
}

const hasPydicom = isHere('python3', ['-c', 'import pydicom, numpy'])
const hasDcmtk = isHere('dcmdump', ['--version'])

const folder = mkdtempSync(join(tmpdir(), 'touchstone-dicom-'))
const pool = openCodecPool({ workers: 2 })
afterAll(async () => {
  await pool.close()
  rmSync(folder, { recursive: true })
})

const GREY: ExamplePixels = { rows: 20, columns: 30, bitsAllocated: 8 }

function capture(modality: string, picture: Picture): Buffer {
  return writeDicomFile(
    makeSecondaryCapture({
      pictures: [picture],
      fields: new Map([
        ['Modality', [modality]],
        ['PatientName', ['Müller^Jürgen']],
        ['StudyDate', ['2024-10-13']],
        ['OtherPatientIDsSequence', ['[{"00100020":{"vr":"LO","Value":["Ä1"]}}]']],
      ]),
      newUid: () => uidOfUuid(crypto.randomUUID()),
      now: { date: '20250102', time: '030405' },
    }),
  )
}

const files = new Map<string, Buffer>()

beforeAll(async () => {
  for (const modality of ['CT', 'MR', 'CR', 'US', 'XC', 'OT']) {
    for (const [samplesPerPixel, bitsAllocated] of [
      [1, 8],
      [1, 16],
      [3, 8],
    ] as const) {
      const pixels = exampleSamples({ ...GREY, samplesPerPixel, bitsAllocated })
      files.set(
        `${modality}-${samplesPerPixel}-${bitsAllocated}.dcm`,
        capture(modality, { rows: 20, columns: 30, samplesPerPixel, bitsAllocated, pixels }),
      )
    }
  }
  const dataSet = exampleImage({ ...GREY, frames: 2 }, exampleSamples({ ...GREY, frames: 2 }))
  for (const syntax of [
    syntaxes.IMPLICIT_LITTLE_ENDIAN,
    syntaxes.EXPLICIT_BIG_ENDIAN,
    syntaxes.DEFLATED_EXPLICIT_LITTLE_ENDIAN,
  ]) {
    files.set(`native-${syntax.uid}.dcm`, writeDicomFile(dataSet, syntax))
  }
  const image = openImage(parseDicomFile(writeDicomFile(dataSet)))
  const encodings: readonly (readonly [FrameEncoding, syntaxes.TransferSyntax])[] = [
    [{ kind: 'rle' }, syntaxes.RLE_LOSSLESS],
    [{ kind: 'jpeg', quality: 90 }, syntaxes.JPEG_BASELINE],
    [{ kind: 'jpeg-lossless' }, syntaxes.JPEG_LOSSLESS_SV1],
    [{ kind: 'jpeg-ls', allowedError: 0 }, syntaxes.JPEG_LS_LOSSLESS],
  ]
  for (const [encoding, syntax] of encodings) {
    files.set(
      `compressed-${syntax.uid}.dcm`,
      writeDicomFile(await transcodeToCompressed(pool, image, encoding), syntax),
    )
  }
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
})

const READ = `
import sys, pathlib, warnings, json, hashlib
warnings.simplefilter("error")
import pydicom
out = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.dcm")):
    d = pydicom.dcmread(path)
    for e in d.iterall(): str(e)
    native = not d.file_meta.TransferSyntaxUID.is_compressed or path.name.startswith("compressed-1.2.840.10008.1.2.5")
    out[path.name] = [str(d.PatientName), int(d.pixel_array.astype("int64").sum()) if native else None]
print(json.dumps(out))
`

describe.skipIf(!hasPydicom)('pydicom', () => {
  it('opens every written file without a warning and finds the same samples', () => {
    const read = JSON.parse(execFileSync('python3', ['-c', READ, folder], { encoding: 'utf8' })) as Record<
      string,
      [string, number | null]
    >
    expect(Object.keys(read).sort()).toEqual([...files.keys()].sort())
    for (const [name, [patient, sum]] of Object.entries(read)) {
      const isCapture = /^[A-Z]{2}-/.test(name)
      expect(patient).toBe(isCapture ? 'Müller^Jürgen' : 'Doe^Jane')
      if (sum !== null) expect([name, sum]).toEqual([name, sumOfSamples(name, isCapture ? 1 : 2)])
    }
  })
})

/** The sum of the samples that went into a file; its name says how many components and bits they have. */
function sumOfSamples(name: string, frames: number): number {
  const [, samplesPerPixel, bits] = /^[A-Z]{2}-(\d)-(\d+)\.dcm$/.exec(name) ?? []
  const bitsAllocated = bits === '16' ? 16 : 8
  const bytes = exampleSamples({
    ...GREY,
    frames,
    samplesPerPixel: samplesPerPixel === '3' ? 3 : 1,
    bitsAllocated,
  })
  let sum = 0
  for (let at = 0; at < bytes.length; at += bitsAllocated / 8) sum += bytes.readUIntLE(at, bitsAllocated / 8)
  return sum
}

describe.skipIf(!hasDcmtk)('DCMTK', () => {
  it('dumps every written file without a word on the error stream', () => {
    for (const name of files.keys()) {
      const { status, stderr } = spawnSync('dcmdump', ['-q', '+uc', join(folder, name)], { encoding: 'utf8' })
      expect([name, status, stderr]).toEqual([name, 0, ''])
    }
  })

  it.each([
    ['JPEG baseline', 'dcmdjpeg', syntaxes.JPEG_BASELINE],
    ['JPEG lossless', 'dcmdjpeg', syntaxes.JPEG_LOSSLESS_SV1],
    ['JPEG-LS', 'dcmdjpls', syntaxes.JPEG_LS_LOSSLESS],
    ['RLE', 'dcmdrle', syntaxes.RLE_LOSSLESS],
  ])('decodes our %s', (_, command, syntax) => {
    const target = join(folder, `decoded-${syntax.uid}`)
    const { status, stderr } = spawnSync(command, [join(folder, `compressed-${syntax.uid}.dcm`), target], {
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, ''])
  })
})
