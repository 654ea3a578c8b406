import type { ByteSource } from './byte-source.ts'
import { type DataSet, type DicomElement, sortedElements, valueBytes } from './data-set.ts'
import { padEven } from './make-element.ts'
import { type Tag, tagElement } from './tag.ts'
import type { TransferSyntax } from './transfer-syntax.ts'
import { vrTraits } from './vr.ts'

/** Bytes of a source that are copied only when they are written. */
type Reference = { readonly source: ByteSource; readonly start: number; readonly end: number }

/** An encoded data set in parts, so that Pixel Data of gigabytes is never held. */
export type Encoded = { readonly parts: readonly (Buffer | Reference)[]; readonly size: number }

type Encoding = Pick<TransferSyntax, 'vr' | 'byteOrder'>

/** Values up to this size are copied at once. */
const MOST_COPIED = 64 * 1024

/** What one step copies from a source. */
const STEP_BYTES = 1 << 20

/**
 * Encodes a data set: ascending tags, even lengths, explicit lengths of sequences and items, no group lengths
 * (PS3.5 chapter 7, PS3.10). The sources of the values must stay readable until the parts are written.
 */
export function encodeDataSet(dataSet: DataSet, encoding: Encoding): Encoded {
  return join(
    sortedElements(dataSet)
      .filter(({ tag }) => tagElement(tag) !== 0 || tag >>> 16 === 2)
      .map((element) => encodeElement(element, encoding)),
  )
}

function join(all: readonly Encoded[]): Encoded {
  return { parts: all.flatMap(({ parts }) => parts), size: all.reduce((sum, { size }) => sum + size, 0) }
}

function buffers(...parts: readonly Buffer[]): Encoded {
  return { parts, size: parts.reduce((sum, part) => sum + part.length, 0) }
}

const UNDEFINED_LENGTH = 0xffffffff

function encodeElement(element: DicomElement, encoding: Encoding): Encoded {
  if (element.items) return encodeSequence(element, element.items, encoding)
  if (element.fragments) {
    const end = header(0xfffe, 0xe0dd, 0, encoding)
    return join([
      buffers(elementHeader(element.tag, 'OB', UNDEFINED_LENGTH, encoding)),
      stored(element),
      buffers(end),
    ])
  }
  const value = encodeValue(element, encoding)
  const fits = value.size <= 0xffff || vrTraits(element.vr).long
  // A value too long for a 16-bit length is sent as UN (PS3.5 section 6.2.2, note 3).
  return join([buffers(elementHeader(element.tag, fits ? element.vr : 'UN', value.size, encoding)), value])
}

function encodeSequence({ tag }: DicomElement, items: readonly DataSet[], encoding: Encoding): Encoded {
  const encoded = items.map((item) => {
    const content = encodeDataSet(item, encoding)
    return join([buffers(header(0xfffe, 0xe000, content.size, encoding)), content])
  })
  const content = join(encoded)
  return join([buffers(elementHeader(tag, 'SQ', content.size, encoding)), content])
}

function stored({ source, start, length }: DicomElement): Encoded {
  return { parts: [{ source, start, end: start + length }], size: length }
}

/** The value in the byte order asked for, padded to an even length. */
function encodeValue(element: DicomElement, { byteOrder }: Encoding): Encoded {
  const swap = element.bigEndian !== (byteOrder === 'big') && vrTraits(element.vr).word > 1
  if (!swap && element.length > MOST_COPIED && element.length % 2 === 0) return stored(element)
  const bytes = valueBytes(element)
  return buffers(
    padEven(swap ? swapWords(bytes, element.vr === 'AT' ? 2 : vrTraits(element.vr).word) : bytes, element.vr),
  )
}

/** A copy with the bytes of every whole word reversed. */
export function swapWords(bytes: Buffer, word: 1 | 2 | 4 | 8): Buffer {
  const copy = Buffer.from(bytes)
  const whole = copy.subarray(0, copy.length - (copy.length % word))
  if (word === 2) whole.swap16()
  else if (word === 4) whole.swap32()
  else if (word === 8) whole.swap64()
  return copy
}

function elementHeader(tag: Tag, vr: DicomElement['vr'], length: number, encoding: Encoding): Buffer {
  if (encoding.vr === 'implicit') return header(tag >>> 16, tag & 0xffff, length, encoding)
  const long = vrTraits(vr).long === true
  const bytes = Buffer.alloc(long ? 12 : 8)
  writeTag(bytes, tag >>> 16, tag & 0xffff, encoding)
  bytes.write(vr, 4, 'latin1')
  if (long) writeUint(bytes, 8, 4, length, encoding)
  else writeUint(bytes, 6, 2, length, encoding)
  return bytes
}

function header(group: number, element: number, length: number, encoding: Encoding): Buffer {
  const bytes = Buffer.alloc(8)
  writeTag(bytes, group, element, encoding)
  writeUint(bytes, 4, 4, length, encoding)
  return bytes
}

function writeTag(bytes: Buffer, group: number, element: number, encoding: Encoding): void {
  writeUint(bytes, 0, 2, group, encoding)
  writeUint(bytes, 2, 2, element, encoding)
}

function writeUint(bytes: Buffer, at: number, count: 2 | 4, value: number, { byteOrder }: Encoding): void {
  if (byteOrder === 'big') bytes.writeUIntBE(value, at, count)
  else bytes.writeUIntLE(value, at, count)
}

/** The bytes of an encoded data set, large values in steps. */
export function* encodedChunks({ parts }: Encoded): Generator<Buffer> {
  for (const part of parts) {
    if (Buffer.isBuffer(part)) yield part
    else {
      for (let at = part.start; at < part.end; at += STEP_BYTES) {
        yield part.source.read(at, Math.min(at + STEP_BYTES, part.end))
      }
    }
  }
}
