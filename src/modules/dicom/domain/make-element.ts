import { invalidInput } from '../../../core/refusal.ts'
import { memorySource } from './byte-source.ts'
import type { DataSet, DicomElement, Fragment } from './data-set.ts'
import { findEntry, findKeyword } from './dictionary.ts'
import { formatTag, TAGS, type Tag } from './tag.ts'
import { fitsMultiplicity } from './value-multiplicity.ts'
import { problemOfNumber, problemOfText } from './value-rules.ts'
import { isVr, type Vr, vrTraits } from './vr.ts'

export type ElementValue = string | number | bigint

/** Encodes values in little endian, text in UTF-8, padded to an even length (PS3.5 section 6.2). */
function encodeValues(vr: Vr, values: readonly ElementValue[]): Buffer {
  if (vrTraits(vr).text) return padEven(Buffer.from(values.map(String).join('\\'), 'utf8'), vr)
  const { word } = vrTraits(vr)
  const size = vr === 'AT' ? 4 : word
  const bytes = Buffer.alloc(values.length * size)
  for (const [index, value] of values.entries()) writeNumber(bytes, index * size, vr, value)
  return bytes
}

function writeNumber(bytes: Buffer, at: number, vr: Vr, given: ElementValue): void {
  const value = Number(given)
  switch (vr) {
    case 'US':
      bytes.writeUInt16LE(value, at)
      return
    case 'SS':
      bytes.writeInt16LE(value, at)
      return
    case 'UL':
      bytes.writeUInt32LE(value, at)
      return
    case 'SL':
      bytes.writeInt32LE(value, at)
      return
    case 'UV':
      bytes.writeBigUInt64LE(BigInt(given), at)
      return
    case 'SV':
      bytes.writeBigInt64LE(BigInt(given), at)
      return
    case 'FL':
      bytes.writeFloatLE(value, at)
      return
    case 'FD':
      bytes.writeDoubleLE(value, at)
      return
    case 'AT':
      bytes.writeUInt16LE(value >>> 16, at)
      bytes.writeUInt16LE(value & 0xffff, at + 2)
      return
    default:
      throw new Error(`VR ${vr} has no numbers.`)
  }
}

/** Text is padded with a blank; UIDs and bytes with NUL. */
export function padEven(bytes: Buffer, vr: Vr): Buffer {
  if (bytes.length % 2 === 0) return bytes
  const blank = vrTraits(vr).text !== undefined && vr !== 'UI'
  return Buffer.concat([bytes, Buffer.from([blank ? 0x20 : 0])])
}

/** The VR that the dictionary gives a tag; choices are made for unsigned data of one byte or more. */
export function dictionaryVr(tag: Tag): Vr {
  const vr = findEntry(tag)?.vr.slice(0, 2) ?? 'UN'
  return isVr(vr) ? vr : 'UN'
}

/**
 * An element with values of its dictionary VR, or of `vr`; no values make it empty.
 * Strictly valid: what breaks the VR or the multiplicity is refused under the element's keyword.
 *
 * @throws RefusedError `invalid-input`
 */
export function makeElement(
  tag: Tag,
  values: ElementValue | readonly ElementValue[],
  vr: Vr = dictionaryVr(tag),
): DicomElement {
  const list = Array.isArray(values) ? (values as readonly ElementValue[]) : [values as ElementValue]
  const problem = problemOfValues(tag, vr, list)
  if (problem !== undefined) throw invalidInput(fieldName(tag), problem)
  return makeBytesElement(tag, vr, encodeValues(vr, list))
}

/** The tag of a keyword that the code itself names. */
export function tagOf(keyword: string): Tag {
  const entry = findKeyword(keyword)
  if (!entry) throw new Error(`${keyword} is not in the dictionary.`)
  return entry.tag
}

/** An element by keyword, its values checked as in {@link makeElement}. */
export function makeNamed(keyword: string, ...values: readonly ElementValue[]): DicomElement {
  return makeElement(tagOf(keyword), values)
}

/** What is wrong with values as a whole: their count, then each of them. */
export function problemOfValues(tag: Tag, vr: Vr, values: readonly ElementValue[]): string | undefined {
  const vm = findEntry(tag)?.vm
  if (values.length > 0 && vm !== undefined && !fitsMultiplicity(vm, values.length)) {
    return `Ensure this field has ${vm} values.`
  }
  return values.map((value) => problemOfValue(vr, value)).find((problem) => problem !== undefined)
}

function problemOfValue(vr: Vr, value: ElementValue): string | undefined {
  if (vrTraits(vr).text) return value === '' ? undefined : problemOfText(vr, String(value))
  if (typeof value === 'string') return 'A valid number is required.'
  return problemOfNumber(vr, value)
}

/** The keyword of a tag, or the tag itself, as the name of a field in a refusal. */
export function fieldName(tag: Tag): string {
  return findEntry(tag)?.keyword ?? formatTag(tag)
}

/** An element of bytes as they are, in little endian; an odd length is padded. */
export function makeBytesElement(tag: Tag, vr: Vr, bytes: Uint8Array): DicomElement {
  const source = memorySource(padEven(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), vr))
  return {
    tag,
    vr,
    bigEndian: false,
    source,
    start: 0,
    length: source.size,
    items: undefined,
    fragments: undefined,
  }
}

export function makeSequence(tag: Tag, items: readonly DataSet[]): DicomElement {
  return { ...makeBytesElement(tag, 'SQ', Buffer.alloc(0)), items }
}

/** A data set of elements; the later of two with the same tag counts. */
export function makeDataSet(elements: readonly DicomElement[], parent?: DataSet): DataSet {
  const ordered = [...elements].sort((a, b) => a.tag - b.tag)
  return { elements: new Map(ordered.map((element) => [element.tag, element])), parent }
}

/**
 * Pixel Data of compressed frames, one fragment each, behind a Basic Offset Table (PS3.5 annex A.4).
 * The table stays empty where an offset does not fit its 32 bits.
 */
export function makeEncapsulatedPixelData(frames: readonly Uint8Array[]): DicomElement {
  const padded = frames.map((frame) =>
    padEven(Buffer.from(frame.buffer, frame.byteOffset, frame.length), 'OB'),
  )
  const parts = [itemHeader(0), ...padded.flatMap((frame) => [itemHeader(frame.length), frame])]
  const table = offsetTable(padded.map((frame) => frame.length))
  parts[0] = Buffer.concat([itemHeader(table.length), table])
  const bytes = Buffer.concat(parts)
  const fragments: Fragment[] = [{ start: 8, length: table.length }]
  let at = 8 + table.length
  for (const { length } of padded) {
    fragments.push({ start: at + 8, length })
    at += 8 + length
  }
  return { ...makeBytesElement(TAGS.pixelData, 'OB', bytes), fragments }
}

function itemHeader(length: number): Buffer {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])
  header.writeUInt32LE(length, 4)
  return header
}

function offsetTable(lengths: readonly number[]): Buffer {
  const table = Buffer.alloc(lengths.length * 4)
  let offset = 0
  for (const [index, length] of lengths.entries()) {
    if (offset > 0xffffffff) return Buffer.alloc(0)
    table.writeUInt32LE(offset, index * 4)
    offset += 8 + length
  }
  return table
}
