import { invalidInput } from '../../../core/refusal.ts'

/** The first entry of a backup: what it holds. */
export type Manifest = {
  readonly format: 'touchstone-backup'
  readonly formatVersion: 1
  /** version of Touchstone that wrote it */
  readonly version: string
  /** ISO-8601 UTC */
  readonly createdAt: string
  readonly database: {
    readonly kind: 'sqlite' | 'postgres'
    readonly bytes: number
    readonly sha256: string
  }
  /** files attached to anything, at most: one that is removed meanwhile is left out */
  readonly files: number
  /** false where the instance secret comes from the settings: it must be kept elsewhere */
  readonly hasInstanceKey: boolean
}

/** The last entry: without it a backup was cut off. */
export type EndMark = { readonly files: number; readonly fileBytes: number }

export const MANIFEST = 'manifest.json'
export const END_MARK = 'end.json'
export const INSTANCE_KEY = 'instance.key'
export const SETTINGS_FILE = 'touchstone.json'
export const DATABASE_ENTRY = { sqlite: 'touchstone.db', postgres: 'database.dump' } as const

/** @throws RefusedError `invalid-input` for what no Touchstone wrote, or a newer one */
export function parseManifest(text: string): Manifest {
  const given = parseObject(text)
  if (given.format !== 'touchstone-backup') throw notABackup()
  if (given.formatVersion !== 1)
    throw invalidInput('', 'This backup was written by a newer version of Touchstone.')
  const { version, createdAt, database, files, hasInstanceKey } = given
  if (typeof database !== 'object' || database === null) throw notABackup()
  const { kind, bytes, sha256 } = database as Readonly<Record<string, unknown>>
  if (
    typeof version !== 'string' ||
    typeof createdAt !== 'string' ||
    typeof files !== 'number' ||
    typeof hasInstanceKey !== 'boolean' ||
    (kind !== 'sqlite' && kind !== 'postgres') ||
    typeof bytes !== 'number' ||
    typeof sha256 !== 'string'
  ) {
    throw notABackup()
  }
  return {
    format: 'touchstone-backup',
    formatVersion: 1,
    version,
    createdAt,
    database: { kind, bytes, sha256 },
    files,
    hasInstanceKey,
  }
}

/** @throws RefusedError `invalid-input` */
export function parseEndMark(text: string): EndMark {
  const { files, fileBytes } = parseObject(text)
  if (typeof files !== 'number' || typeof fileBytes !== 'number') throw notABackup()
  return { files, fileBytes }
}

export function notABackup() {
  return invalidInput('', 'This is not a backup of Touchstone.')
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw notABackup()
}

const FILE_ENTRY = /^files\/([0-9a-f]{2})\/([0-9a-f]{2})\/(\1\2[0-9a-f]{60})$/

/** Name of the entry of a stored content. */
export function fileEntry(sha256: string): string {
  return `files/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}

/** The hash that names a stored content; undefined where the entry is none. */
export function hashOfFileEntry(name: string): string | undefined {
  return FILE_ENTRY.exec(name)?.[3]
}
