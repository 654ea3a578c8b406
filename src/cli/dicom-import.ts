import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asSystem, type Context } from '../context.ts'
import { findImportGroup } from '../modules/dicom/find-import-group.ts'
import { type ImageFiles, openImageFiles } from '../modules/dicom/image-files.ts'
import { imageFolderOf } from '../modules/dicom/image-folder.ts'
import {
  type FolderFile,
  type ImportedFile,
  importFiles,
  keyOfFile,
  listFolderFiles,
} from '../modules/dicom/import-folder.ts'
import { openSite } from '../site.ts'
import { type Command, UsageError } from './command.ts'
import { showProgress } from './progress.ts'

/** A file must not change for so long before it is taken: a modality may still be writing it. */
const SETTLED_MS = 2000

export const dicomImport: Command = {
  name: 'dicom import',
  usage: 'dicom import DIR [--group NAME --watch --json]',
  help: 'take in the DICOM files of a folder; --watch goes on with what arrives in it',
  options: { group: { type: 'string' }, watch: { type: 'boolean' }, json: { type: 'boolean' } },
  run: async ({ config, words: [given, ...rest], options }) => {
    if (given === undefined || rest.length > 0) throw new UsageError('Name one folder.')
    const folder = resolve(given)
    const site = await openSite(config)
    const images = openImageFiles({
      folder: imageFolderOf(config.data),
      largestUpload: config.dicomUploadMib * 2 ** 20,
    })
    const stop = new AbortController()
    const end = () => stop.abort()
    process.once('SIGINT', end).once('SIGTERM', end)
    try {
      const ctx = asSystem(site.base, 'dicom import')
      const group = await findImportGroup(ctx, typeof options.group === 'string' ? options.group : undefined)
      const log = await openLog(config.data, folder)
      const importing = { ctx, images, folder, groupIds: [group.id], log, signal: stop.signal }
      const totals = await importAll({
        ...importing,
        watch: options.watch === true,
        print: options.json === true ? printJson : printText,
      })
      if (options.json === true) console.log(JSON.stringify({ ...totals, log: log.path }))
      else console.log(summary(totals, log.path))
      return totals.refused > 0 ? 1 : 0
    } finally {
      process.off('SIGINT', end).off('SIGTERM', end)
      await images.close()
      await site.close()
    }
  },
}

type Totals = { stored: number; duplicate: number; refused: number; skipped: number }
type Log = {
  readonly path: string
  readonly done: Set<string>
  readonly add: (imported: ImportedFile) => Promise<void>
}
type Importing = {
  readonly ctx: Context
  readonly images: ImageFiles
  readonly folder: string
  readonly groupIds: readonly number[]
  readonly log: Log
  readonly signal: AbortSignal
  readonly watch: boolean
  readonly print: (imported: ImportedFile) => void
}

async function importAll(importing: Importing): Promise<Readonly<Totals>> {
  const totals: Totals = { stored: 0, duplicate: 0, refused: 0, skipped: 0 }
  const { signal, watch } = importing
  do {
    await importOnce(importing, totals)
    if (watch) await untilNextLook(signal)
  } while (watch && !signal.aborted)
  return totals
}

async function untilNextLook(signal: AbortSignal): Promise<void> {
  try {
    await pause(SETTLED_MS, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** What was settled when the folder was read is taken in; the rest when it is read the next time. */
async function importOnce(importing: Importing, totals: Totals): Promise<void> {
  const { ctx, images, folder, groupIds, log, signal, watch, print } = importing
  const before = Date.now() - SETTLED_MS
  const files = (await listFolderFiles(folder)).filter((file) => isDue(file, log, watch ? before : undefined))
  const progress = showProgress()
  let done = 0
  for await (const imported of importFiles(ctx, images, { folder, files, groupIds })) {
    for (const { outcome } of imported.outcomes) totals[outcome] += 1
    await log.add(imported)
    print(imported)
    done += 1
    progress.onProgress({ what: 'files', done, total: files.length })
    if (signal.aborted) break
  }
  progress.end()
}

function isDue(file: FolderFile, { done }: Log, settledBefore: number | undefined): boolean {
  if (done.has(keyOfFile(file))) return false
  return settledBefore === undefined || file.modifiedMs < settledBefore
}

/**
 * What became of each file, one line each, in the data folder: an import that was stopped goes on where it was, and a
 * file that did not change is not read again.
 */
async function openLog(data: string, folder: string): Promise<Log> {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const path = join(data, 'dicom-import', `${name}.log`)
  await mkdir(join(data, 'dicom-import'), { recursive: true })
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const done = new Set(text.split('\n').flatMap((line) => line.split('\t→\t', 1)))
  return {
    path,
    done,
    async add({ file, outcomes }) {
      const key = keyOfFile(file)
      done.add(key)
      const words = outcomes.map((one) =>
        'reason' in one ? `${one.name}: ${one.outcome}: ${one.reason}` : `${one.name}: ${one.outcome}`,
      )
      await appendFile(path, `${key}\t→\t${words.join('; ').replaceAll('\n', ' ')}\n`)
    },
  }
}

function printText({ outcomes }: ImportedFile): void {
  for (const one of outcomes) {
    if ('reason' in one && one.outcome === 'refused') console.error(`refused ${one.name}: ${one.reason}`)
    else if ('warnings' in one && one.warnings.length > 0)
      console.error(`${one.outcome} ${one.name}: ${one.warnings.join(' ')}`)
  }
}

/** Names of patients are nobody's business in a log. */
function printJson({ outcomes }: ImportedFile): void {
  for (const one of outcomes) console.log(JSON.stringify({ ...one, patientName: undefined }))
}

function summary({ stored, duplicate, refused, skipped }: Readonly<Totals>, log: string): string {
  return `${stored} stored, ${duplicate} known already, ${skipped} skipped, ${refused} refused. Each file: ${log}`
}
