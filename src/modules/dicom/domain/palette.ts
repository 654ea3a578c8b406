import { invalidInput } from '../../../core/refusal.ts'
import { type DataSet, type DicomElement, valueBytes } from './data-set.ts'
import { type LutDescriptor, readDescriptor, readEntries } from './lookup-table.ts'
import type { Tag } from './tag.ts'

/** A colour for each stored value from `first` on, three bytes an entry. */
export type Palette = { readonly first: number; readonly rgb: Uint8Array }

const DESCRIPTORS: readonly Tag[] = [0x00281101, 0x00281102, 0x00281103]
const TABLES: readonly Tag[] = [0x00281201, 0x00281202, 0x00281203]
const SEGMENTED_TABLES: readonly Tag[] = [0x00281221, 0x00281222, 0x00281223]

/** Whether the data set has a palette, supplemental or not. */
export function hasPalette({ elements }: DataSet): boolean {
  return DESCRIPTORS.every((tag) => elements.has(tag))
}

/**
 * The palette of an image (PS3.3 C.7.6.3.1.5 and C.7.9), segmented tables expanded, 16-bit entries reduced to
 * their high byte.
 *
 * @throws RefusedError `invalid-input` if a table is missing or damaged
 */
export function readPalette(dataSet: DataSet, signed: boolean): Palette {
  const channels = DESCRIPTORS.map((tag, index) => {
    const descriptor = readDescriptor(dataSet, tag, signed)
    if (!descriptor) throw invalidInput('PixelData', 'A palette descriptor is missing.')
    return { descriptor, bytes: readChannel(dataSet, index, descriptor) }
  })
  const first = channels[0]?.descriptor.first ?? 0
  const entries = Math.min(...channels.map(({ bytes }) => bytes.length))
  const rgb = new Uint8Array(entries * 3)
  for (const [channel, { bytes }] of channels.entries()) {
    for (let entry = 0; entry < entries; entry += 1) rgb[entry * 3 + channel] = bytes[entry] ?? 0
  }
  return { first, rgb }
}

function readChannel(dataSet: DataSet, channel: number, descriptor: LutDescriptor): Uint8Array {
  const plain = dataSet.elements.get(TABLES[channel] ?? 0)
  if (plain && plain.length > 0) return highBytes(readEntries(plain, descriptor.entries), descriptor)
  const segmented = dataSet.elements.get(SEGMENTED_TABLES[channel] ?? 0)
  if (!segmented) throw invalidInput('PixelData', 'A palette table is missing.')
  return highBytes(expandSegments(segmented, descriptor), descriptor)
}

/** Entries of 16 bits give their high byte, unless all of them are bytes written as words. */
function highBytes(values: Uint16Array, { bits }: LutDescriptor): Uint8Array {
  if (values.length === 0) throw invalidInput('PixelData', 'A palette table is empty.')
  if (bits <= 8 || values.every((value) => value < 256)) return Uint8Array.from(values)
  return Uint8Array.from(values, (value) => value >> 8)
}

/** Discrete, linear and indirect segments (PS3.3 C.7.9.2), in words or, for 8-bit tables, bytes. */
function expandSegments(element: DicomElement, { entries, bits }: LutDescriptor): Uint16Array {
  const words = segmentWords(element, bits)
  const values: number[] = []
  let at = 0
  while (at < words.length && values.length < entries)
    at = expandSegment(words, at, { values, entries, bits })
  if (values.length < entries) throw invalidInput('PixelData', 'A segmented palette is too short.')
  return Uint16Array.from(values.slice(0, entries))
}

function segmentWords(element: DicomElement, bits: number): readonly number[] {
  const bytes = valueBytes(element)
  if (bits <= 8) return [...bytes]
  return Array.from({ length: bytes.length >> 1 }, (_, index) =>
    element.bigEndian ? bytes.readUInt16BE(index * 2) : bytes.readUInt16LE(index * 2),
  )
}

type Expansion = { readonly values: number[]; readonly entries: number; readonly bits: number }

/** Expands one segment and returns the place of the next; segments never write beyond the table. */
function expandSegment(words: readonly number[], at: number, expansion: Expansion): number {
  const [kind, length = 0] = words.slice(at, at + 2)
  if (kind === 0) {
    expansion.values.push(...words.slice(at + 2, at + 2 + Math.min(length, 65536)))
    return at + 2 + length
  }
  if (kind === 1) {
    pushLine(expansion, length, words[at + 2] ?? 0)
    return at + 3
  }
  if (kind === 2) return expandIndirect(words, at, length, expansion)
  throw invalidInput('PixelData', 'A segmented palette is damaged.')
}

/** A straight line from the last value to `end`, which is its last entry. */
function pushLine({ values }: Expansion, length: number, end: number): void {
  const start = values.at(-1) ?? 0
  for (let step = 1; step <= length; step += 1)
    values.push(Math.round(start + ((end - start) * step) / length))
}

/** Repeats `count` segments at a byte offset; those may not be indirect themselves. */
function expandIndirect(words: readonly number[], at: number, count: number, expansion: Expansion): number {
  const wide = expansion.bits > 8
  const offset = wide
    ? (((words[at + 3] ?? 0) << 16) | (words[at + 2] ?? 0)) >>> 1
    : (words[at + 2] ?? 0) | ((words[at + 3] ?? 0) << 8) | ((words[at + 4] ?? 0) << 16)
  let place = offset
  for (let index = 0; index < count && expansion.values.length < expansion.entries; index += 1) {
    if (place >= at || (words[place] ?? 2) > 1)
      throw invalidInput('PixelData', 'A segmented palette is damaged.')
    place = expandSegment(words, place, expansion)
  }
  return at + (wide ? 4 : 6)
}

/** Colours of palette indices as interleaved RGB; indices outside are given the first or last colour. */
export function applyPalette(samples: ArrayLike<number>, { first, rgb }: Palette): Uint8Array {
  const last = rgb.length / 3 - 1
  const result = new Uint8Array(samples.length * 3)
  for (let at = 0; at < samples.length; at += 1) {
    const entry = Math.max(0, Math.min(last, (samples[at] ?? 0) - first)) * 3
    result[at * 3] = rgb[entry] ?? 0
    result[at * 3 + 1] = rgb[entry + 1] ?? 0
    result[at * 3 + 2] = rgb[entry + 2] ?? 0
  }
  return result
}
