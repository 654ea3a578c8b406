import { type DataSet, type DicomElement, sortedElements } from './data-set.ts'
import { findEntry } from './dictionary.ts'
import { isTooLarge, readDisplayTexts } from './read-value.ts'
import { formatTag, isPrivateCreatorTag, isPrivateTag, type Tag, tagElement } from './tag.ts'
import { findUid } from './uid-names.ts'
import { isBulkVr, type Vr } from './vr.ts'

/** One line of a table of elements; items of sequences follow their sequence, one deeper. */
export type ElementRow = {
  /** `(0010,0010)` */
  readonly tag: string
  /** empty for private elements */
  readonly keyword: string
  readonly name: string
  readonly vr: Vr
  /** for people; cut, and of bytes only the count */
  readonly value: string
  readonly depth: number
  /** place of the item that it belongs to, from 1; null at the top */
  readonly item: number | null
}

export type RowLimits = { readonly rows: number; readonly characters: number }

/** The elements of a data set as lines in the order of their tags; no more than `limits.rows` of them. */
export function* elementRows(dataSet: DataSet, limits: RowLimits): Generator<ElementRow> {
  let left = limits.rows
  for (const row of levelRows(dataSet, { depth: 0, item: null, characters: limits.characters })) {
    if (left === 0) return
    left -= 1
    yield row
  }
}

type Place = { readonly depth: number; readonly item: number | null; readonly characters: number }

function* levelRows(dataSet: DataSet, { depth, item, characters }: Place): Generator<ElementRow> {
  for (const element of sortedElements(dataSet)) {
    const { tag, vr, items } = element
    const value = cut(valueText(element, dataSet), characters)
    yield { tag: formatTag(tag), ...namesOf(tag), vr, value, depth, item }
    for (const [index, inner] of (items ?? []).entries()) {
      yield* levelRows(inner, { depth: depth + 1, item: index + 1, characters })
    }
  }
}

function namesOf(tag: Tag): Pick<ElementRow, 'keyword' | 'name'> {
  if (isPrivateTag(tag))
    return { keyword: '', name: isPrivateCreatorTag(tag) ? 'Private creator' : 'Private element' }
  const entry = findEntry(tag)
  return { keyword: entry?.keyword ?? '', name: entry?.name ?? (tagElement(tag) === 0 ? 'Group Length' : '') }
}

function valueText(element: DicomElement, dataSet: DataSet): string {
  const { vr, items, fragments, length } = element
  if (items) return items.length === 1 ? '1 item' : `${items.length} items`
  if (fragments) return `${Math.max(0, fragments.length - 1)} fragments, ${length} bytes`
  if (isBulkVr(vr) || isTooLarge(element)) return length === 0 ? '' : `${length} bytes`
  const texts = readDisplayTexts(element, dataSet)
  if (vr === 'UI') return texts.map(nameUid).join(' \\ ')
  return texts.join(' \\ ')
}

function nameUid(uid: string): string {
  const known = findUid(uid)
  return known ? `${uid} = ${known.name}` : uid
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}
