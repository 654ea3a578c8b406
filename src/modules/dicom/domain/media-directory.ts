import type { DataSet } from './data-set.ts'
import { findNumber, findText, readTexts } from './read-value.ts'
import { TAGS, type Tag } from './tag.ts'

/** One record of a DICOMDIR with the records below it (PS3.3 annex F). */
export type DirectoryRecord = {
  /** PATIENT, STUDY, SERIES, IMAGE, … */
  readonly type: string
  /** Path of the referenced file from the root of the medium, in its components. */
  readonly file: readonly string[]
  readonly record: DataSet
  readonly children: readonly DirectoryRecord[]
}

const RECORD_TYPE: Tag = 0x00041430
const REFERENCED_FILE: Tag = 0x00041500

/** Record types by level: a record holds the following ones of a deeper level. */
const LEVELS: Readonly<Record<string, number>> = { PATIENT: 0, STUDY: 1, SERIES: 2 }
const LOWEST_LEVEL = 3

/** Whether a data set is a media directory. */
export function isMediaDirectory({ elements }: DataSet): boolean {
  return elements.has(TAGS.directoryRecordSequence)
}

type OpenRecord = {
  type: string
  file: readonly string[]
  record: DataSet
  children: OpenRecord[]
  level: number
}

/**
 * The records of a media directory as trees. They are joined by their order and type: offsets, which count bytes
 * of the file, break as soon as anything rewrites it.
 */
export function listDirectory(dataSet: DataSet): readonly DirectoryRecord[] {
  const roots: OpenRecord[] = []
  const open: OpenRecord[] = []
  for (const record of dataSet.elements.get(TAGS.directoryRecordSequence)?.items ?? []) {
    if (findNumber(record, 0x00041410) === 0) continue
    const entry = openRecord(record)
    while ((open.at(-1)?.level ?? -1) >= entry.level) open.pop()
    const parent = open.at(-1)
    ;(parent?.children ?? roots).push(entry)
    open.push(entry)
  }
  return roots.map(closeRecord)
}

function openRecord(record: DataSet): OpenRecord {
  const type = findText(record, RECORD_TYPE) ?? ''
  const file = record.elements.get(REFERENCED_FILE)
  return {
    type,
    file: file ? readTexts(file, record) : [],
    record,
    children: [],
    level: LEVELS[type] ?? LOWEST_LEVEL,
  }
}

function closeRecord({ type, file, record, children }: OpenRecord): DirectoryRecord {
  return { type, file, record, children: children.map(closeRecord) }
}
