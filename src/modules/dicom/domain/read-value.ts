import { invalidInput } from '../../../core/refusal.ts'
import { type TextEncoding, textEncodingOf } from './character-sets.ts'
import { type DataSet, type DicomElement, findInherited, shortValueBytes, valueBytes } from './data-set.ts'
import { decodeText, type TextUse } from './decode-text.ts'
import { formatTag, TAGS, type Tag } from './tag.ts'
import { type Vr, vrTraits } from './vr.ts'

const encodings = new Map<string, TextEncoding>()

/** Distinct values of Specific Character Set that are remembered; a hostile file cannot fill the memory. */
const MOST_ENCODINGS = 200

/** The encoding of text in a data set: its own Specific Character Set, or its parent's (PS3.3 C.12.1.1.2). */
export function textEncodingFor(dataSet: DataSet): TextEncoding {
  const element = findInherited(dataSet, TAGS.specificCharacterSet)
  const text = element ? trimEnd(shortValueBytes(element).toString('latin1')) : ''
  const known = encodings.get(text)
  if (known) return known
  const encoding = textEncodingOf(text.split('\\').map((term) => term.trim()))
  if (encodings.size < MOST_ENCODINGS) encodings.set(text, encoding)
  return encoding
}

/** Without the padding at the end: blanks and NULs (PS3.5 section 6.2). */
function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isPadding(text.charCodeAt(end - 1))) end -= 1
  return end === text.length ? text : text.slice(0, end)
}

function isPadding(code: number): boolean {
  return code === 0x20 || code === 0
}

/** Blanks at both ends carry no meaning in numbers and UIDs. */
function trimBoth(text: string): string {
  return trimEnd(text).trimStart()
}

function isAscii(bytes: Buffer): boolean {
  for (const byte of bytes) {
    if (byte >= 0x80 || byte === 0x1b) return false
  }
  return true
}

function textUse(vr: Vr): TextUse {
  if (vr === 'PN') return 'person-name'
  return vrTraits(vr).multiple ? 'multiple' : 'single'
}

/** Text and numbers of more bytes than this are no attributes but an attack or a mistake. */
const MOST_VALUE_BYTES = 16 << 20

/** Whether a value of text or numbers is too large to be taken apart. */
export function isTooLarge({ length }: DicomElement): boolean {
  return length > MOST_VALUE_BYTES
}

/** The bytes of a value of text or numbers. */
function modestBytes(element: DicomElement): Buffer {
  if (isTooLarge(element)) throw invalidInput(formatTag(element.tag), 'The value is too large.')
  return valueBytes(element)
}

/** The whole text of an element of a text VR, backslashes and inner blanks kept, without padding at the end. */
export function readText(element: DicomElement, dataSet: DataSet): string {
  const bytes = modestBytes(element)
  const decodes = vrTraits(element.vr).text === 'charset' && !isAscii(bytes)
  const text = decodes
    ? decodeText(bytes, textEncodingFor(dataSet), textUse(element.vr))
    : bytes.toString('latin1')
  return trimEnd(text)
}

/**
 * The values of an element of a text VR. An empty element has none; empty values between backslashes are `''`.
 * Numbers as text (DS, IS) and UIDs lose blanks at both ends, all others only padding at the end.
 */
export function readTexts(element: DicomElement, dataSet: DataSet): readonly string[] {
  const text = readText(element, dataSet)
  if (text === '') return []
  const values = vrTraits(element.vr).multiple && text.includes('\\') ? text.split('\\') : [text]
  return values.map(TRIMS[element.vr] ?? trimEnd)
}

const TRIMS: Partial<Record<Vr, (text: string) => string>> = {
  DS: trimBoth,
  IS: trimBoth,
  UI: trimBoth,
  // Empty component groups at the end, with their delimiters, may be there or not (PS3.5 section 6.2.1.1).
  PN: (text) => trimEnd(text).replace(/=+$/, ''),
}

type BinaryReader = (bytes: Buffer, at: number, bigEndian: boolean) => number | bigint

const BINARY_READERS: Partial<Record<Vr, BinaryReader>> = {
  US: (bytes, at, big) => (big ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at)),
  SS: (bytes, at, big) => (big ? bytes.readInt16BE(at) : bytes.readInt16LE(at)),
  UL: (bytes, at, big) => (big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)),
  SL: (bytes, at, big) => (big ? bytes.readInt32BE(at) : bytes.readInt32LE(at)),
  UV: (bytes, at, big) => (big ? bytes.readBigUInt64BE(at) : bytes.readBigUInt64LE(at)),
  SV: (bytes, at, big) => (big ? bytes.readBigInt64BE(at) : bytes.readBigInt64LE(at)),
  FL: (bytes, at, big) => (big ? bytes.readFloatBE(at) : bytes.readFloatLE(at)),
  FD: (bytes, at, big) => (big ? bytes.readDoubleBE(at) : bytes.readDoubleLE(at)),
}

/** Whether the values of a VR are binary numbers. */
export function isBinaryNumberVr(vr: Vr): boolean {
  return BINARY_READERS[vr] !== undefined
}

/** The values of a binary number VR; 64-bit integers are bigint. Bytes that make no whole value are left out. */
export function readBinaryNumbers(element: DicomElement): readonly (number | bigint)[] {
  const read = BINARY_READERS[element.vr]
  if (!read) return []
  const bytes = modestBytes(element)
  const { word } = vrTraits(element.vr)
  const values: (number | bigint)[] = []
  for (let at = 0; at + word <= bytes.length; at += word) values.push(read(bytes, at, element.bigEndian))
  return values
}

/** The tags of an AT element. */
export function readTags(element: DicomElement): readonly Tag[] {
  const bytes = modestBytes(element)
  const tags: Tag[] = []
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const [group, number] = element.bigEndian
      ? [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)]
      : [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)]
    tags.push(((group << 16) | number) >>> 0)
  }
  return tags
}

/** The values of an element as numbers, whether stored in binary or as text; NaN where a text is none. */
export function readNumbers(element: DicomElement, dataSet: DataSet): readonly number[] {
  if (isBinaryNumberVr(element.vr)) return readBinaryNumbers(element).map(Number)
  if (element.vr === 'OW') return readBinaryNumbers({ ...element, vr: 'US' }).map(Number)
  if (vrTraits(element.vr).text === undefined) return []
  return readTexts(element, dataSet).map((text) => (text === '' ? Number.NaN : Number(text)))
}

/** The first number of an element of the data set; undefined if it is absent, empty or no finite number. */
export function findNumber(dataSet: DataSet, tag: Tag): number | undefined {
  const element = dataSet.elements.get(tag)
  const value = element && readNumbers(element, dataSet)[0]
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

/** The first value of a text element of the data set, without blanks around it. */
export function findText(dataSet: DataSet, tag: Tag): string | undefined {
  const element = dataSet.elements.get(tag)
  if (!element || vrTraits(element.vr).text === undefined) return undefined
  return readTexts(element, dataSet)[0]?.trim()
}

/** The values of an element as text for messages and lists, whatever its VR. */
export function readDisplayTexts(element: DicomElement, dataSet: DataSet): readonly string[] {
  if (vrTraits(element.vr).text) return readTexts(element, dataSet)
  if (element.vr === 'AT') return readTags(element).map(formatTag)
  return readBinaryNumbers(element).map(String)
}
