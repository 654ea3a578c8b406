import { MASK_TABLE, TAG_TABLE } from './dictionary.data.ts'
import { nameOfKeyword } from './keyword-name.ts'
import type { Tag } from './tag.ts'

/** One row of PS3.6: `vr` may name a choice (`US or SS`), `vm` a range (`1-n`). */
export type DictionaryEntry = {
  readonly tag: Tag
  readonly vr: string
  readonly vm: string
  readonly keyword: string
  readonly name: string
  readonly retired: boolean
}

/** Edition of the standard that the table carries, by the release notes of its source. */
export const DICTIONARY_EDITION = '2023d'

type Mask = { readonly bits: number; readonly value: number; readonly line: string }

type Index = {
  /** tag → place of its line in the table, or the entry once it was asked for */
  readonly byTag: Map<Tag, number | DictionaryEntry>
  readonly masks: readonly Mask[]
}

let index: Index | undefined
let tagByKeyword: Map<string, Tag> | undefined

function buildIndex(): Index {
  const byTag = new Map<Tag, number | DictionaryEntry>()
  for (let at = 0; at < TAG_TABLE.length; at = nextLine(TAG_TABLE, at)) {
    byTag.set(Number.parseInt(TAG_TABLE.slice(at, at + 8), 16), at)
  }
  return { byTag, masks: MASK_TABLE.split('\n').map(readMask) }
}

function nextLine(table: string, at: number): number {
  const end = table.indexOf('\n', at)
  return end < 0 ? table.length : end + 1
}

/** `x` in a mask stands for any hexadecimal digit (PS3.5 section 7.6, repeating groups). */
function readMask(line: string): Mask {
  const mask = line.slice(0, 8)
  return {
    bits: Number.parseInt(mask.replace(/[^x]/g, 'f').replaceAll('x', '0'), 16),
    value: Number.parseInt(mask.replaceAll('x', '0'), 16),
    line,
  }
}

function readLine(line: string, tag: Tag): DictionaryEntry {
  const [, vr = '', vm = '', keyword = '', name = '', retired = ''] = line.split('|')
  return { tag, vr, vm, keyword, name: name || nameOfKeyword(keyword), retired: retired === 'r' }
}

/** The dictionary entry of a standard tag, repeating groups included. */
export function findEntry(tag: Tag): DictionaryEntry | undefined {
  index ??= buildIndex()
  const found = index.byTag.get(tag)
  if (typeof found === 'object') return found
  const entry = found === undefined ? findMasked(index, tag) : lineAt(found, tag)
  if (entry) index.byTag.set(tag, entry)
  return entry
}

function lineAt(at: number, tag: Tag): DictionaryEntry {
  return readLine(TAG_TABLE.slice(at, nextLine(TAG_TABLE, at)).trimEnd(), tag)
}

function findMasked({ masks }: Index, tag: Tag): DictionaryEntry | undefined {
  const mask = masks.find(({ bits, value }) => (tag & bits) >>> 0 === value)
  return mask && readLine(mask.line, tag)
}

/** The entry of a keyword; keywords of repeating groups have no single tag and are not found. */
export function findKeyword(keyword: string): DictionaryEntry | undefined {
  tagByKeyword ??= buildKeywords()
  const tag = tagByKeyword.get(keyword)
  return tag === undefined ? undefined : findEntry(tag)
}

/** Only the fourth field of each line is looked at: entries are made when they are asked for. */
function buildKeywords(): Map<string, Tag> {
  const tags = new Map<string, Tag>()
  for (let at = 0; at < TAG_TABLE.length; at = nextLine(TAG_TABLE, at)) {
    const begin = TAG_TABLE.indexOf('|', TAG_TABLE.indexOf('|', at + 9) + 1) + 1
    const keyword = TAG_TABLE.slice(begin, TAG_TABLE.indexOf('|', begin))
    tags.set(keyword, Number.parseInt(TAG_TABLE.slice(at, at + 8), 16))
  }
  return tags
}

/** Every entry with a tag of its own, in tag order. */
export function listEntries(): readonly DictionaryEntry[] {
  return TAG_TABLE.split('\n').map((line) => readLine(line, Number.parseInt(line.slice(0, 8), 16)))
}
