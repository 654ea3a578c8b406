import type { ByteSource } from './byte-source.ts'
import type { Tag } from './tag.ts'
import type { Vr } from './vr.ts'

/** One item of encapsulated Pixel Data: where its bytes lie in the element's source (PS3.5 annex A.4). */
export type Fragment = { readonly start: number; readonly length: number }

/**
 * One data element. The value stays where it was read until it is asked for: `[start, start + length)` of
 * `source`, in the byte order of `bigEndian`. A sequence has `items`, encapsulated data `fragments` (the
 * first is the Basic Offset Table); for both, `start` and `length` cover the raw items without delimiter.
 */
export type DicomElement = {
  readonly tag: Tag
  readonly vr: Vr
  readonly bigEndian: boolean
  readonly source: ByteSource
  readonly start: number
  readonly length: number
  readonly items: readonly DataSet[] | undefined
  readonly fragments: readonly Fragment[] | undefined
}

/** A data set or sequence item; `parent` is the data set that holds the item's sequence. */
export type DataSet = {
  readonly elements: ReadonlyMap<Tag, DicomElement>
  readonly parent: DataSet | undefined
}

/** The bytes of a value as stored; empty for an empty value. */
export function valueBytes(element: DicomElement): Buffer {
  return element.source.read(element.start, element.start + element.length)
}

/** Bytes that a name, a UID or a defined term can reasonably have. */
const MOST_SHORT_BYTES = 1024

/** The first bytes of a value that is short in every honest file, whatever its announced length. */
export function shortValueBytes({ source, start, length }: DicomElement): Buffer {
  return source.read(start, start + Math.min(length, MOST_SHORT_BYTES))
}

/** The elements in ascending tag order, whatever their order in the file. */
export function sortedElements(dataSet: DataSet): readonly DicomElement[] {
  const elements = [...dataSet.elements.values()]
  return isAscending(elements) ? elements : elements.sort((a, b) => a.tag - b.tag)
}

function isAscending(elements: readonly DicomElement[]): boolean {
  let last = -1
  for (const { tag } of elements) {
    if (tag < last) return false
    last = tag
  }
  return true
}

/** The element of this data set or, if it has none, of the nearest data set around it. */
export function findInherited(dataSet: DataSet, tag: Tag): DicomElement | undefined {
  for (let place: DataSet | undefined = dataSet; place; place = place.parent) {
    const element = place.elements.get(tag)
    if (element) return element
  }
  return undefined
}

/** The first item of a sequence. */
export function firstItem(dataSet: DataSet, tag: Tag): DataSet | undefined {
  return dataSet.elements.get(tag)?.items?.[0]
}
