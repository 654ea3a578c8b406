import type { DataSet, DicomElement } from './data-set.ts'
import { valueBytes } from './data-set.ts'
import { readNumbers } from './read-value.ts'
import { TAGS, type Tag } from './tag.ts'

/** A lookup table of a LUT sequence or a palette (PS3.3 C.11.1.1): `values[input - first]`, clipped at both ends. */
export type LookupTable = {
  readonly first: number
  readonly bits: number
  readonly values: Uint16Array
}

/** The value that the table gives an input; inputs outside are given the first or last value. */
export function lookUp({ first, values }: LookupTable, input: number): number {
  const index = Math.round(input) - first
  return values[Math.max(0, Math.min(values.length - 1, index))] ?? 0
}

/** Entries (0 = 65536), first mapped input, bits of an entry. */
export type LutDescriptor = { readonly entries: number; readonly first: number; readonly bits: number }

/** Reads a LUT Descriptor; the first mapped value is signed when the image is (PS3.3 C.11.1.1.1). */
export function readDescriptor(dataSet: DataSet, tag: Tag, signed: boolean): LutDescriptor | undefined {
  const element = dataSet.elements.get(tag)
  if (!element || element.length < 6) return undefined
  const vr = element.vr === 'SS' || element.vr === 'US' ? element.vr : 'US'
  const [entries = 0, first = 0, bits = 16] = readNumbers({ ...element, vr }, dataSet)
  const count = entries & 0xffff
  const origin = first & 0xffff
  return { entries: count || 65536, first: signed && origin > 0x7fff ? origin - 65536 : origin, bits }
}

/** Entries as numbers: words of 16 bits, or bytes where the data are too short for words. */
export function readEntries(element: DicomElement, entries: number): Uint16Array {
  const bytes = valueBytes(element)
  if (bytes.length < entries * 2 && bytes.length >= entries)
    return Uint16Array.from(bytes.subarray(0, entries))
  const count = Math.min(entries, bytes.length >> 1)
  return Uint16Array.from({ length: count }, (_, index) =>
    element.bigEndian ? bytes.readUInt16BE(index * 2) : bytes.readUInt16LE(index * 2),
  )
}

/** The table of one item of a Modality or VOI LUT Sequence. */
export function readLutItem(item: DataSet, signed: boolean): LookupTable | undefined {
  const descriptor = readDescriptor(item, TAGS.lutDescriptor, signed)
  const data = item.elements.get(TAGS.lutData)
  if (!descriptor || !data || data.length === 0) return undefined
  const { first, bits, entries } = descriptor
  return { first, bits, values: readEntries(data, entries) }
}
