import { type ByteWindow, bringIn } from './byte-source.ts'
import type { DataSet } from './data-set.ts'
import type { ParseBudget } from './parse-limits.ts'
import { type WarningLog, warn } from './parse-warnings.ts'
import { resolveVr } from './resolve-vr.ts'
import { isPrivateTag, TAGS, type Tag } from './tag.ts'
import { findVr, type Vr, vrTraits } from './vr.ts'

export const UNDEFINED_LENGTH = 0xffffffff

/** A cursor over the bytes of one encoding; the header last read is in `tag`, `vr` and `length`. */
export type Reader = {
  readonly window: ByteWindow
  readonly explicit: boolean
  readonly bigEndian: boolean
  readonly budget: ParseBudget
  readonly log: WarningLog
  at: number
  tag: Tag
  vr: Vr
  length: number
}

type Encoding = { readonly explicit: boolean; readonly bigEndian: boolean }

export function openReader(
  { window, budget, log }: Pick<Reader, 'window' | 'budget' | 'log'>,
  { explicit, bigEndian }: Encoding,
  at: number,
): Reader {
  return { window, explicit, bigEndian, budget, log, at, tag: 0, vr: 'UN', length: 0 }
}

/**
 * Reads one element header (PS3.5 section 7.1) and leaves the cursor at the value.
 *
 * @returns false, with the cursor where it was, if no whole header is left before `end`
 */
export function readHeader(reader: Reader, end: number, dataSet: DataSet): boolean {
  const { window, at } = reader
  if (end - at < 8 || !bringIn(window, at, 8)) return false
  const place = at - window.start
  reader.tag = readTag(window.bytes, place, reader.bigEndian)
  if (reader.explicit && reader.tag >>> 16 !== 0xfffe) return readExplicit(reader, end, dataSet)
  reader.length = readLength(window.bytes, place + 4, reader.bigEndian)
  reader.at = at + 8
  reader.vr = reader.tag >>> 16 === 0xfffe ? 'UN' : resolveVr(reader.tag, dataSet)
  return true
}

/** The tag at the cursor without moving it; undefined at the end. */
export function peekTag({ window, at, bigEndian }: Reader, end: number): Tag | undefined {
  if (end - at < 4 || !bringIn(window, at, 4)) return undefined
  return readTag(window.bytes, at - window.start, bigEndian)
}

export function readTag(bytes: Buffer, at: number, bigEndian: boolean): Tag {
  return bigEndian
    ? bytes.readUInt32BE(at)
    : ((bytes.readUInt16LE(at) << 16) | bytes.readUInt16LE(at + 2)) >>> 0
}

function readLength(bytes: Buffer, at: number, bigEndian: boolean): number {
  return bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
}

function readShort(bytes: Buffer, at: number, bigEndian: boolean): number {
  return bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at)
}

function readExplicit(reader: Reader, end: number, dataSet: DataSet): boolean {
  const { window, at } = reader
  const code = window.bytes.readUInt16BE(at - window.start + 4)
  const vr = findVr(code)
  if (vr === undefined) return readUnknownVr(reader, code, end, dataSet)
  reader.vr = vr
  if (!vrTraits(vr).long) return takeShortLength(reader)
  if (readShort(window.bytes, at - window.start + 6, reader.bigEndian) !== 0) {
    warn(reader.log, `has VR ${vr} with a 16-bit length`, reader.tag)
    return takeShortLength(reader)
  }
  return takeLongLength(reader, end) && (vr !== 'UN' || recogniseUnknown(reader, dataSet))
}

/** A standard element sent as UN has the VR of the dictionary (PS3.5 section 6.2.2); a sequence stays bytes. */
function recogniseUnknown(reader: Reader, dataSet: DataSet): true {
  if (reader.length === UNDEFINED_LENGTH || isPrivateTag(reader.tag)) return true
  const vr = resolveVr(reader.tag, dataSet)
  if (vr !== 'SQ') reader.vr = vr
  return true
}

function takeShortLength(reader: Reader): true {
  const { window, at } = reader
  reader.length = readShort(window.bytes, at - window.start + 6, reader.bigEndian)
  reader.at = at + 8
  return true
}

function takeLongLength(reader: Reader, end: number): boolean {
  const { window, at } = reader
  if (end - at < 12 || !bringIn(window, at, 12)) return false
  reader.length = readLength(window.bytes, at - window.start + 8, reader.bigEndian)
  reader.at = at + 12
  return true
}

/** Two letters that are no VR, `??`, blanks or zeros; anything else is an element in implicit VR. */
function readUnknownVr(reader: Reader, code: number, end: number, dataSet: DataSet): boolean {
  const { window, at, tag } = reader
  if (!isVrLike(code)) {
    reader.length = readLength(window.bytes, at - window.start + 4, reader.bigEndian)
    reader.vr = resolveVr(tag, dataSet)
    reader.at = at + 8
    warn(reader.log, 'is in implicit VR among explicit elements', tag)
    return true
  }
  warn(reader.log, 'has an unknown VR', tag)
  reader.vr = 'UN'
  const reserved = readShort(window.bytes, at - window.start + 6, reader.bigEndian)
  return reserved !== 0 || nextFollowsAtOnce(reader, end)
    ? takeShortLength(reader)
    : takeLongLength(reader, end)
}

function isVrLike(code: number): boolean {
  return code === 0 || (isVrByte(code >> 8) && isVrByte(code & 0xff))
}

/** A capital letter, a question mark or a blank. */
function isVrByte(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || byte === 0x3f || byte === 0x20
}

/** Whether a zero where the 16-bit length stands is a length: another element begins right behind it. */
function nextFollowsAtOnce(reader: Reader, end: number): boolean {
  const { window, at, tag, bigEndian } = reader
  if (at + 8 === end) return true
  if (end - at < 16 || !bringIn(window, at, 16)) return false
  const next = at + 8 - window.start
  return (
    readTag(window.bytes, next, bigEndian) > tag && findVr(window.bytes.readUInt16BE(next + 4)) !== undefined
  )
}

/** Whether a tag begins an item or ends a sequence (PS3.5 section 7.5). */
export function isSequencePart(tag: Tag | undefined): boolean {
  return tag === TAGS.item || tag === TAGS.sequenceDelimitation
}
