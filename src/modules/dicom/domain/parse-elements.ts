import { bringIn } from './byte-source.ts'
import type { DataSet, DicomElement, Fragment } from './data-set.ts'
import { requireDepth, spend } from './parse-limits.ts'
import { warn, warnTruncated } from './parse-warnings.ts'
import {
  isSequencePart,
  openReader,
  peekTag,
  type Reader,
  readHeader,
  UNDEFINED_LENGTH,
} from './read-header.ts'
import { resolveVr } from './resolve-vr.ts'
import { isPrivateTag, TAGS, type Tag } from './tag.ts'
import { findVr, isBulkVr } from './vr.ts'

/** Where a list of elements lies: up to `end`, or up to an item delimiter before it. */
type Extent = {
  readonly end: number
  readonly closedBy: 'end' | 'delimiter'
  readonly depth: number
  readonly parent: DataSet | undefined
}

const NO_ELEMENTS: ReadonlyMap<Tag, DicomElement> = new Map()

/**
 * Reads elements one after the other (PS3.5 section 7.1) without looking at their values.
 * What breaks the standard is logged and read as well as possible; the reader never moves backwards.
 *
 * @throws RefusedError if a limit of the reader's budget is reached
 */
export function parseElements(reader: Reader, extent: Extent): DataSet {
  const elements = new Map<Tag, DicomElement>()
  const dataSet: DataSet = { elements, parent: extent.parent }
  let last = -1
  while (reader.at < extent.end) {
    const begin = reader.at
    if (!readHeader(reader, extent.end, dataSet)) {
      endOfBytes(reader, extent.end)
      break
    }
    const { tag } = reader
    if (tag >>> 16 === 0xfffe) {
      if (endsHere(reader, extent, begin)) break
      continue
    }
    if (tag === 0 && last > 0 && endsInZeros(reader, extent.end)) break
    checkOrder(reader, last)
    last = Math.max(last, tag)
    elements.set(tag, readElement(reader, extent, dataSet))
  }
  return dataSet
}

/** Elements ascend (PS3.5 section 7.1); the last one of several with the same tag counts. */
function checkOrder({ budget, log, tag }: Reader, last: Tag): void {
  spend(budget, 'elements')
  if (tag <= last) warn(log, tag === last ? 'is repeated' : 'is out of order', tag)
}

/** Less than a header is left: trailing zeros are padding, anything else is a cut element. */
function endOfBytes(reader: Reader, end: number): void {
  const { window, at } = reader
  const rest = end - at
  if (rest > 0 && bringIn(window, at, rest)) {
    const bytes = window.bytes.subarray(at - window.start, at - window.start + rest)
    if (bytes.some((byte) => byte !== 0)) {
      reader.log.truncated = true
      warn(reader.log, 'The file ends inside an element header.')
    }
  }
  reader.at = end
}

/** A tag (0000,0000) of length 0 behind other elements is padding with zeros. */
function endsInZeros(reader: Reader, end: number): boolean {
  if (reader.length !== 0) return false
  warn(reader.log, 'The data set ends in zeros.')
  reader.at = end
  return true
}

/** Deals with a delimiter among elements; true if the list ends with it. */
function endsHere(reader: Reader, { closedBy }: Extent, begin: number): boolean {
  if (closedBy === 'end') {
    warn(reader.log, 'stands outside of a sequence', reader.tag)
    return false
  }
  if (reader.tag === TAGS.itemDelimitation) return true
  warn(reader.log, 'comes before the item is closed', reader.tag)
  reader.at = begin
  return true
}

function readElement(reader: Reader, extent: Extent, dataSet: DataSet): DicomElement {
  if (reader.length === UNDEFINED_LENGTH) return readUndefinedLength(reader, extent, dataSet)
  const { tag, at: start } = reader
  const length = available(reader, extent.end)
  const end = start + length
  const isUnknown = reader.vr === 'UN' && isUnknownSequence(reader, end, dataSet)
  const vr = isUnknown ? 'SQ' : reader.vr
  const items =
    vr === 'SQ'
      ? readItems(isUnknown ? readerOfUnknown(reader) : reader, {
          end,
          depth: extent.depth + 1,
          parent: dataSet,
        })
      : undefined
  reader.at = end
  return makeReadElement(reader, { tag, vr, start, length, items })
}

/** A standard sequence sent as UN; private ones stay bytes, since nothing says that they are sequences. */
function isUnknownSequence(reader: Reader, end: number, dataSet: DataSet): boolean {
  const { tag } = reader
  return !isPrivateTag(tag) && peekTag(reader, end) === TAGS.item && resolveVr(tag, dataSet) === 'SQ'
}

/** The announced length as far as there are bytes for it. */
function available(reader: Reader, end: number): number {
  const left = end - reader.at
  if (reader.length <= left) return reader.length
  warnTruncated(reader.log, reader.tag)
  return left
}

type Parts = Pick<DicomElement, 'tag' | 'vr' | 'start' | 'length'> & {
  readonly items?: readonly DataSet[] | undefined
  readonly fragments?: readonly Fragment[]
}

function makeReadElement(reader: Reader, { tag, vr, start, length, items, fragments }: Parts): DicomElement {
  const { bigEndian, window } = reader
  return { tag, vr, bigEndian, source: window.source, start, length, items, fragments }
}

function readUndefinedLength(reader: Reader, extent: Extent, dataSet: DataSet): DicomElement {
  const { tag, vr, at: start } = reader
  const isPixels = tag === TAGS.pixelData || (isBulkVr(vr) && vr !== 'UN')
  if (isPixels) return readFragments(reader, extent.end)
  const inner = vr === 'UN' && reader.explicit ? readerOfUnknown(reader) : reader
  if (vr !== 'SQ' && !isSequencePart(peekTag(inner, extent.end))) {
    warn(reader.log, 'has no end', tag)
    reader.at = extent.end
    return makeReadElement(reader, { tag, vr, start, length: extent.end - start })
  }
  const items = readItems(inner, { end: extent.end, depth: extent.depth + 1, parent: dataSet })
  reader.at = inner.at
  return makeReadElement(reader, { tag, vr: 'SQ', start, length: inner.at - start, items })
}

/**
 * A sequence sent as UN with undefined length is in implicit little endian (PS3.5 section 6.2.2, note 2);
 * where its first element shows a VR, the data are believed.
 */
export function readerOfUnknown(reader: Reader): Reader {
  const { window, at } = reader
  const firstVr = bringIn(window, at, 14) ? window.bytes.readUInt16BE(at - window.start + 12) : 0
  return openReader(reader, { explicit: findVr(firstVr) !== undefined, bigEndian: false }, at)
}

/** Reads the items of a sequence up to its delimiter or `end` (PS3.5 section 7.5). */
export function readItems(
  reader: Reader,
  { end, depth, parent }: Pick<Extent, 'end' | 'depth' | 'parent'>,
): readonly DataSet[] {
  requireDepth(reader.budget, depth)
  const items: DataSet[] = []
  while (isSequencePart(peekTag(reader, end))) {
    const item = readItem(reader, { end, depth, parent })
    if (!item) break
    items.push(item)
  }
  return items
}

/** One item, or undefined at the sequence delimiter or the end of the bytes. */
function readItem(
  reader: Reader,
  { end, depth, parent }: Pick<Extent, 'end' | 'depth' | 'parent'>,
): DataSet | undefined {
  if (end - reader.at < 8 || !bringIn(reader.window, reader.at, 8)) {
    reader.at = end
    return undefined
  }
  readHeader(reader, end, { elements: NO_ELEMENTS, parent })
  if (reader.tag === TAGS.sequenceDelimitation) return undefined
  spend(reader.budget, 'items')
  if (reader.length === UNDEFINED_LENGTH) {
    return parseElements(reader, { end, closedBy: 'delimiter', depth, parent })
  }
  const itemEnd = reader.at + available(reader, end)
  if (itemEnd === reader.at) return { elements: NO_ELEMENTS, parent }
  const item = parseElements(reader, { end: itemEnd, closedBy: 'end', depth, parent })
  reader.at = itemEnd
  return item
}

/** Reads encapsulated data: items of bytes, the first of them the Basic Offset Table (PS3.5 annex A.4). */
function readFragments(reader: Reader, end: number): DicomElement {
  const { tag, vr, at: start } = reader
  const fragments: Fragment[] = []
  let last = start
  while (isSequencePart(peekTag(reader, end))) {
    if (!readHeader(reader, end, { elements: NO_ELEMENTS, parent: undefined })) break
    if (reader.tag === TAGS.sequenceDelimitation) {
      return makeReadElement(reader, { tag, vr, start, length: last - start, fragments })
    }
    spend(reader.budget, 'fragments')
    const length = available(reader, end)
    fragments.push({ start: reader.at, length })
    reader.at += length
    last = reader.at
  }
  warnTruncated(reader.log, tag)
  return makeReadElement(reader, { tag, vr, start, length: last - start, fragments })
}
