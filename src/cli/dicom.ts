import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { RefusedError } from '../core/refusal.ts'
import { openCodecPool } from '../modules/dicom/codecs/codec-pool.ts'
import { openFileSource } from '../modules/dicom/codecs/file-source.ts'
import { missingFrames, openImage, renderImages } from '../modules/dicom/codecs/render-images.ts'
import {
  CONFIDENTIALITY_OPTIONS,
  type ConfidentialityOption,
} from '../modules/dicom/domain/confidentiality-profile.ts'
import { deidentify } from '../modules/dicom/domain/deidentify.ts'
import { presentJsonModel } from '../modules/dicom/domain/json-model.ts'
import { type DicomFile, parseDicomFile } from '../modules/dicom/domain/parse-file.ts'
import { formatTag } from '../modules/dicom/domain/tag.ts'
import { dicomFileChunks } from '../modules/dicom/domain/write-file.ts'
import { dumpLines } from '../modules/dicom/dump-file.ts'
import { VERSION } from '../version.ts'
import { type Command, type CommandArguments, UsageError } from './command.ts'

/** Values with more bytes are named by their place in the file instead of being printed. */
const MOST_INLINE_BYTES = 4096

export const dicomDump: Command = {
  name: 'dicom dump',
  usage: 'dicom dump FILE [--json]',
  help: 'print every element of a DICOM file; --json prints the DICOM JSON model',
  options: { json: { type: 'boolean' } },
  run: ({ words, options }) =>
    withFile(words[0], async (file, path) => {
      if (options.json === true) console.log(JSON.stringify(jsonOf(file, path)))
      else for (const line of dumpLines(file)) console.log(line)
      return 0
    }),
}

function jsonOf({ meta, dataSet }: DicomFile, path: string): unknown {
  const address = pathToFileURL(resolve(path)).href
  const bulkDataUri = ({ start, length }: { readonly start: number; readonly length: number }) =>
    length > MOST_INLINE_BYTES ? `${address}?offset=${start}&length=${length}` : undefined
  return { ...presentJsonModel(meta), ...presentJsonModel(dataSet, { bulkDataUri }) }
}

const FORMATS = ['png', 'jpeg', 'gif'] as const
type Format = (typeof FORMATS)[number]

export const dicomRender: Command = {
  name: 'dicom render',
  usage: 'dicom render FILE --out DIR|FILE [--format png|jpeg|gif --frame N]',
  help: 'write the frames of a DICOM file as pictures; a GIF holds all of them',
  options: { out: { type: 'string' }, format: { type: 'string' }, frame: { type: 'string' } },
  run: ({ words, options }) => {
    const out = requireOut(options)
    const format = formatOf(options.format ?? (extname(out).slice(1) || 'png'))
    const frame = frameOf(options.frame)
    return withFile(words[0], async (file, path) => {
      const pool = openCodecPool()
      try {
        const image = openImage(file)
        const missing = missingFrames(image)
        if (missing !== undefined) console.error(missing)
        const pictures = renderImages(pool, image, {
          format,
          ...(frame === undefined ? {} : { frames: [frame - 1] }),
        })
        const single = frame !== undefined || format === 'gif' || image.table.count === 1
        const names = await pictureNames(out, { path, format, single, first: frame ?? 1 })
        let written = 0
        for await (const picture of pictures) {
          await writeFile(names(written), picture)
          written += 1
        }
        console.log(`Wrote ${written} ${written === 1 ? 'picture' : 'pictures'} to ${out}.`)
        return 0
      } finally {
        await pool.close()
      }
    })
  },
}

function formatOf(given: string | boolean): Format {
  const word = given === 'jpg' ? 'jpeg' : given
  const format = FORMATS.find((known) => known === word)
  if (!format) throw new UsageError('The format is png, jpeg or gif.')
  return format
}

/** Counted from 1. */
function frameOf(given: string | boolean | undefined): number | undefined {
  if (given === undefined) return undefined
  const frame = Number(given)
  if (!Number.isInteger(frame) || frame < 1) throw new UsageError('Frames are counted from 1.')
  return frame
}

type Naming = {
  readonly path: string
  readonly format: Format
  readonly single: boolean
  readonly first: number
}

/** A folder gets files named after the DICOM file and their frame; a single picture may have a name of its own. */
async function pictureNames(
  out: string,
  { path, format, single, first }: Naming,
): Promise<(index: number) => string> {
  const isFolder = out.endsWith('/') || (await isDirectory(out))
  if (single && !isFolder) return () => out
  await mkdir(out, { recursive: true })
  const stem = basename(path, extname(path))
  const extension = format === 'jpeg' ? 'jpg' : format
  if (format === 'gif') return () => join(out, `${stem}.gif`)
  return (index) => join(out, `${stem}-${String(first + index).padStart(4, '0')}.${extension}`)
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return found?.isDirectory() ?? false
}

export const dicomAnonymize: Command = {
  name: 'dicom anonymize',
  usage: 'dicom anonymize FILE --out FILE [--options A,B --key-file FILE --pixels-checked --json]',
  help: 'write a copy without identity (PS3.15 Basic Profile) and report what was changed',
  options: {
    out: { type: 'string' },
    options: { type: 'string' },
    'key-file': { type: 'string' },
    'pixels-checked': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: ({ words, options }) => {
    const out = requireOut(options)
    const chosen = optionsOf(options.options)
    return withFile(words[0], async (file) => {
      const { dataSet, changes } = deidentify(file.dataSet, {
        options: chosen,
        key: await keyOf(options['key-file']),
        pixels: options['pixels-checked'] === true ? 'confirmed' : 'refuse-risky',
        method: `Touchstone ${VERSION}`,
      })
      // never over another file: the original may be the one that is read
      const target = createWriteStream(out, { flags: 'wx', mode: 0o600, flush: true })
      await pipeline(Readable.from(dicomFileChunks(dataSet, file.transferSyntax)), target)
      if (options.json === true) {
        console.log(JSON.stringify(changes.map((change) => ({ ...change, tag: formatTag(change.tag) }))))
      } else {
        for (const { action, path } of changes) console.log(`${action.padEnd(14)}${path}`)
        console.log(`Wrote ${out}: ${changes.length} elements changed.`)
      }
      return 0
    })
  },
}

function isOption(text: string): text is ConfidentialityOption {
  return Object.hasOwn(CONFIDENTIALITY_OPTIONS, text)
}

function optionsOf(given: string | boolean | undefined): ReadonlySet<ConfidentialityOption> {
  const words = typeof given === 'string' ? given.split(',').map((word) => word.trim()) : []
  const unknown = words.filter((word) => !isOption(word))
  if (unknown.length > 0) {
    const known = Object.keys(CONFIDENTIALITY_OPTIONS).join(', ')
    throw new UsageError(`There is no option ${unknown.join(', ')}. The options are ${known}.`)
  }
  return new Set(words.filter(isOption))
}

const LEAST_KEY_BYTES = 16

/** Files under one key stay together: the same patient and UIDs get the same replacements. */
async function keyOf(given: string | boolean | undefined): Promise<Uint8Array> {
  if (typeof given !== 'string') return randomBytes(32)
  const key = await readFile(given)
  if (key.length < LEAST_KEY_BYTES)
    throw new UsageError(`The key file needs ${LEAST_KEY_BYTES} bytes at least.`)
  return key
}

function requireOut({ out }: CommandArguments['options']): string {
  if (typeof out !== 'string' || out === '') throw new UsageError('Say where to write with --out.')
  return out
}

async function withFile(
  path: string | undefined,
  work: (file: DicomFile, path: string) => Promise<0 | 1>,
): Promise<0 | 1> {
  if (path === undefined) throw new UsageError('Name a DICOM file.')
  const source = openFileSource(path)
  try {
    return await work(parseDicomFile(source), path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new RefusedError({ kind: 'conflict', reason: error.message })
    throw error
  } finally {
    source.close()
  }
}
