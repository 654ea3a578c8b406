import { findEntry } from './dictionary.ts'
import { isSequencePart, readTag, UNDEFINED_LENGTH } from './read-header.ts'
import { isPrivateTag, tagElement } from './tag.ts'
import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  type TransferSyntax,
} from './transfer-syntax.ts'
import { findVr, vrTraits } from './vr.ts'

type NativeEncoding = Pick<TransferSyntax, 'vr' | 'byteOrder'>

/** Elements that must look right before bytes without any prefix are taken for DICOM. */
const CONVINCING_ELEMENTS = 3

const CANDIDATES: readonly TransferSyntax[] = [
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
]

/**
 * The encoding in which the bytes read as a data set: elements that ascend, with known tags and lengths that
 * fit. Nothing in the file needs to say so.
 *
 * @param head the first bytes of the data set
 * @param size bytes of the whole data set
 */
export function sniffEncoding(head: Buffer, size: number): TransferSyntax | undefined {
  return CANDIDATES.find((candidate) => countPlausible(head, size, candidate) >= CONVINCING_ELEMENTS)
}

/**
 * The declared encoding unless the first element shows another one; a file is believed rather than its label.
 */
export function checkEncoding(head: Buffer, size: number, declared: TransferSyntax): TransferSyntax {
  if (head.length < 8 || countPlausible(head, size, declared) > 0) return declared
  const seen = CANDIDATES.find((candidate) => countPlausible(head, size, candidate) > 0)
  return seen ? { ...declared, vr: seen.vr, byteOrder: seen.byteOrder } : declared
}

/** How many elements from the start look right, at most {@link CONVINCING_ELEMENTS}. */
function countPlausible(head: Buffer, size: number, encoding: NativeEncoding): number {
  let count = 0
  let at = 0
  let last = -1
  while (count < CONVINCING_ELEMENTS) {
    const next = plausibleElement(head, at, encoding)
    if (!next || next.tag <= last) return count
    if (next.end === 'delimiter') return CONVINCING_ELEMENTS
    if (next.end > size) return count
    count += 1
    last = next.tag
    at = next.end
    if (at === size) return CONVINCING_ELEMENTS
  }
  return count
}

/** `delimiter`: of undefined length, and an item begins where one must. */
type Plausible = { readonly tag: number; readonly end: number | 'delimiter' }

function plausibleElement(
  head: Buffer,
  at: number,
  { vr, byteOrder }: NativeEncoding,
): Plausible | undefined {
  if (at + 12 > head.length) return undefined
  const bigEndian = byteOrder === 'big'
  const tag = readTag(head, at, bigEndian)
  if (!isKnownTag(tag)) return undefined
  if (vr === 'explicit') return explicitElement(head, at, bigEndian, tag)
  return withEnd(head, { tag, begin: at + 8, length: head.readUInt32LE(at + 4), bigEndian })
}

function explicitElement(head: Buffer, at: number, bigEndian: boolean, tag: number): Plausible | undefined {
  const vr = findVr(head.readUInt16BE(at + 4))
  if (vr === undefined) return undefined
  const long = vrTraits(vr).long === true
  const length = long ? readUint(head, at + 8, 4, bigEndian) : readUint(head, at + 6, 2, bigEndian)
  return withEnd(head, { tag, begin: at + (long ? 12 : 8), length, bigEndian })
}

function withEnd(
  head: Buffer,
  { tag, begin, length, bigEndian }: { tag: number; begin: number; length: number; bigEndian: boolean },
): Plausible | undefined {
  if (length !== UNDEFINED_LENGTH) return { tag, end: begin + length }
  const beginsItem = begin + 4 <= head.length && isSequencePart(readTag(head, begin, bigEndian))
  return beginsItem ? { tag, end: 'delimiter' } : undefined
}

function readUint(head: Buffer, at: number, count: 2 | 4, bigEndian: boolean): number {
  return bigEndian ? head.readUIntBE(at, count) : head.readUIntLE(at, count)
}

/** A data set begins in the groups up to 0x7fe0; group lengths and private elements are in no dictionary. */
function isKnownTag(tag: number): boolean {
  const group = tag >>> 16
  if (group === 0 || group > 0x7fe0) return false
  return tagElement(tag) === 0 || isPrivateTag(tag) || findEntry(tag) !== undefined
}
