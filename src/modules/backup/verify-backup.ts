import { createHash } from 'node:crypto'
import { invalidInput } from '../../core/refusal.ts'
import { readArchive } from './archive-file.ts'
import type { OnProgress } from './backup-source.ts'
import {
  DATABASE_ENTRY,
  END_MARK,
  type EndMark,
  hashOfFileEntry,
  INSTANCE_KEY,
  MANIFEST,
  type Manifest,
  notABackup,
  parseEndMark,
  parseManifest,
  SETTINGS_FILE,
} from './domain/manifest.ts'
import type { ArchiveEntry } from './tar-archive.ts'

/** What a whole backup holds. */
export type VerifiedBackup = { readonly manifest: Manifest; readonly end: EndMark }

/** Takes the content of an entry that is checked at the same time; what it leaves unread is read after it. */
export type TakeEntry = (entry: ArchiveEntry, manifest: Manifest) => Promise<void>

const LONGEST_SMALL_ENTRY = 1_048_576

/**
 * Reads a backup to its end and compares every content with its hash.
 *
 * @param take is given each entry after the manifest; names are only those that a backup may hold
 * @throws RefusedError `invalid-input` saying what is wrong with it
 */
export async function verifyBackup(
  file: string,
  onProgress: OnProgress,
  take: TakeEntry = async () => undefined,
): Promise<VerifiedBackup> {
  let manifest: Manifest | undefined
  let end: EndMark | undefined
  const names = new Set<string>()
  const seen = { files: 0, fileBytes: 0 }
  for await (const entry of readArchive(file)) {
    requireNewName(names, entry.name)
    if (!manifest) {
      manifest = parseManifest(await readManifest(entry))
    } else if (entry.name === END_MARK) {
      end = parseEndMark(await readSmall(entry))
    } else if (await checkEntry(entry, manifest, take)) {
      onProgress({ what: 'Checking files', done: seen.files, total: manifest.files })
      seen.files += 1
      seen.fileBytes += entry.size
    }
  }
  if (!manifest || !end) throw invalidInput('', 'The backup is not complete.')
  requireComplete({ manifest, end }, names, seen)
  return { manifest, end }
}

function requireNewName(names: Set<string>, name: string): void {
  if (names.has(name)) throw invalidInput('', `The backup holds ${name.slice(0, 100)} twice.`)
  names.add(name)
}

function readManifest(entry: ArchiveEntry): Promise<string> {
  if (entry.name !== MANIFEST) throw notABackup()
  return readSmall(entry)
}

function requireComplete({ manifest, end }: VerifiedBackup, names: ReadonlySet<string>, seen: EndMark): void {
  if (!names.has(DATABASE_ENTRY[manifest.database.kind]))
    throw invalidInput('', 'The database is missing from the backup.')
  if (manifest.hasInstanceKey !== names.has(INSTANCE_KEY))
    throw invalidInput('', 'The instance key is missing from the backup.')
  if (end.files !== seen.files || end.fileBytes !== seen.fileBytes)
    throw invalidInput('', `The backup holds ${seen.files} files where it says ${end.files}.`)
}

/** @returns whether the entry is one of the stored files */
async function checkEntry(entry: ArchiveEntry, manifest: Manifest, take: TakeEntry): Promise<boolean> {
  const { name } = entry
  const expected = expectedHash(name, manifest)
  const hash = createHash('sha256')
  await take({ ...entry, content: hashing(entry.content, hash) }, manifest)
  for await (const chunk of entry.content) hash.update(chunk)
  if (expected !== undefined && hash.digest('hex') !== expected)
    throw invalidInput('', `${name} is damaged: its hash is another one.`)
  return hashOfFileEntry(name) !== undefined
}

/** @returns undefined for the small files, which the archive's own checksum covers */
function expectedHash(name: string, manifest: Manifest): string | undefined {
  if (name === INSTANCE_KEY || name === SETTINGS_FILE) return undefined
  if (name === DATABASE_ENTRY[manifest.database.kind]) return manifest.database.sha256
  const hash = hashOfFileEntry(name)
  if (hash === undefined)
    throw invalidInput('', `The backup holds ${name.slice(0, 100)}, which does not belong there.`)
  return hash
}

async function* hashing(
  content: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    hash.update(chunk)
    yield chunk
  }
}

async function readSmall({ name, size, content }: ArchiveEntry): Promise<string> {
  if (size > LONGEST_SMALL_ENTRY) throw invalidInput('', `${name} is too large.`)
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
