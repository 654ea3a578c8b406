import type { DataSet, DicomElement } from './data-set.ts'
import { makeBytesElement, makeDataSet, makeElement, makeNamed, makeSequence, tagOf } from './make-element.ts'
import { TAGS } from './tag.ts'

/** Files for tests and measurements, made by our own writer and, where it is too strict, byte by byte. */

export const example = makeNamed

export function exampleSequence(
  keyword: string,
  ...items: readonly (readonly DicomElement[])[]
): DicomElement {
  return makeSequence(
    tagOf(keyword),
    items.map((elements) => makeDataSet(elements)),
  )
}

/** Attributes of every example, a nested sequence and a private block among them. */
export function exampleElements(): readonly DicomElement[] {
  return [
    example('ImageType', 'ORIGINAL', 'PRIMARY', 'AXIAL'),
    example('SOPClassUID', '1.2.840.10008.5.1.4.1.1.2'),
    example('SOPInstanceUID', '2.25.1'),
    example('StudyDate', '20240229'),
    example('StudyTime', '101530.5'),
    example('AccessionNumber', 'ACC1234567'),
    example('Modality', 'CT'),
    example('Manufacturer', 'Example Works'),
    example('InstitutionName', 'Saint Example'),
    example('ReferringPhysicianName', 'Referrer^Rita'),
    example('StudyDescription', 'Chest of Doe, 12345678'),
    exampleSequence('ReferencedStudySequence', [
      example('ReferencedSOPClassUID', '1.2.840.10008.3.1.2.3.1'),
      example('ReferencedSOPInstanceUID', '2.25.77'),
    ]),
    example('PatientName', 'Doe^Jane'),
    example('PatientID', 'ID-4711'),
    example('PatientBirthDate', '19500101'),
    example('PatientSex', 'F'),
    example('SliceThickness', '5.0'),
    makeElement(0x00190010, 'EXAMPLE PRIVATE', 'LO'),
    makeElement(0x00191001, [1.5, -0.25], 'FD'),
    example('StudyInstanceUID', '2.25.2'),
    example('SeriesInstanceUID', '2.25.3'),
    example('InstanceNumber', '1'),
    example('ImagePositionPatient', '-100', '-100.5', '12'),
    example('FrameIncrementPointer', TAGS.frameTime),
  ]
}

export type ExamplePixels = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel?: 1 | 3
  readonly bitsAllocated: 1 | 8 | 16 | 32
  readonly bitsStored?: number
  readonly signed?: boolean
  readonly frames?: number
  readonly photometric?: string
  readonly planar?: boolean
}

/** The elements of the Image Pixel module, without Pixel Data. */
export function imageElements({
  rows,
  columns,
  samplesPerPixel = 1,
  bitsAllocated,
  bitsStored = bitsAllocated,
  signed = false,
  frames = 1,
  photometric = samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2',
  planar = false,
}: ExamplePixels): readonly DicomElement[] {
  return [
    example('SamplesPerPixel', samplesPerPixel),
    example('PhotometricInterpretation', photometric),
    ...(samplesPerPixel === 3 ? [example('PlanarConfiguration', planar ? 1 : 0)] : []),
    ...(frames > 1 ? [example('NumberOfFrames', String(frames))] : []),
    example('Rows', rows),
    example('Columns', columns),
    example('BitsAllocated', bitsAllocated),
    example('BitsStored', bitsStored),
    example('HighBit', bitsStored - 1),
    example('PixelRepresentation', signed ? 1 : 0),
  ]
}

/** A data set with native pixels; samples of more than 8 bits in little endian. */
export function exampleImage(
  pixels: ExamplePixels,
  samples: Uint8Array,
  more: readonly DicomElement[] = [],
): DataSet {
  return makeDataSet([
    ...exampleElements(),
    ...imageElements(pixels),
    makeBytesElement(TAGS.pixelData, pixels.bitsAllocated > 8 ? 'OW' : 'OB', samples),
    ...more,
  ])
}

/** Smooth samples with some texture, as bytes: what a scan looks like to an encoder. */
export function exampleSamples({
  rows,
  columns,
  samplesPerPixel = 1,
  bitsAllocated,
  bitsStored = bitsAllocated,
  signed = false,
  frames = 1,
}: ExamplePixels): Buffer {
  const width = columns * samplesPerPixel
  const count = rows * width * frames
  const bytesEach = Math.max(1, bitsAllocated / 8)
  const bytes = Buffer.alloc(count * bytesEach)
  const span = 2 ** Math.min(bitsStored, 31)
  for (let index = 0; index < count; index += 1) {
    const row = Math.floor(index / width)
    const wave = Math.sin(row / 9) + Math.cos((index % width) / 11) + ((index * 7919) % 13) / 40
    const value = Math.max(0, Math.min(span - 1, Math.floor(((wave + 2) / 4.5) * span)))
    const stored = signed ? value - span / 2 : value
    if (signed) bytes.writeIntLE(stored, index * bytesEach, bytesEach)
    else bytes.writeUIntLE(stored, index * bytesEach, bytesEach)
  }
  return bytes
}

/** One explicit little-endian element as bytes, its length as given whatever the value is. */
export function rawElement(tag: number, vr: string, value: Uint8Array, length = value.length): Buffer {
  const long = /^(O.|SQ|SV|U[CNRTV])$/.test(vr)
  const header = Buffer.alloc(long ? 12 : 8)
  header.writeUInt16LE(tag >>> 16, 0)
  header.writeUInt16LE(tag & 0xffff, 2)
  header.write(vr, 4, 'latin1')
  if (long) header.writeUInt32LE(length, 8)
  else header.writeUInt16LE(length, 6)
  return Buffer.concat([header, value])
}

/** One implicit little-endian element, or an item or delimiter. */
export function rawImplicit(tag: number, value: Uint8Array, length = value.length): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt16LE(tag >>> 16, 0)
  header.writeUInt16LE(tag & 0xffff, 2)
  header.writeUInt32LE(length, 4)
  return Buffer.concat([header, value])
}

/** Preamble, prefix, a meta group that only names the transfer syntax, and the data set's bytes. */
export function rawFile(transferSyntaxUid: string, ...dataSet: readonly Uint8Array[]): Buffer {
  const uid = transferSyntaxUid.length % 2 === 0 ? transferSyntaxUid : `${transferSyntaxUid}\0`
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    rawElement(TAGS.transferSyntaxUid, 'UI', Buffer.from(uid)),
    ...dataSet,
  ])
}
