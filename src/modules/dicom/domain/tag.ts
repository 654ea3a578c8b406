/** A data element tag as one unsigned number: group × 65536 + element. */
export type Tag = number

/** Tags that the code itself refers to (PS3.6). */
export const TAGS = {
  fileMetaGroupLength: 0x00020000,
  fileMetaVersion: 0x00020001,
  mediaStorageSopClassUid: 0x00020002,
  mediaStorageSopInstanceUid: 0x00020003,
  transferSyntaxUid: 0x00020010,
  implementationClassUid: 0x00020012,
  implementationVersionName: 0x00020013,
  directoryRecordSequence: 0x00041220,
  specificCharacterSet: 0x00080005,
  sopClassUid: 0x00080016,
  sopInstanceUid: 0x00080018,
  modality: 0x00080060,
  manufacturer: 0x00080070,
  frameTime: 0x00181063,
  frameTimeVector: 0x00181065,
  cineRate: 0x00180040,
  seriesInstanceUid: 0x0020000e,
  studyInstanceUid: 0x0020000d,
  samplesPerPixel: 0x00280002,
  photometricInterpretation: 0x00280004,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  highBit: 0x00280102,
  pixelRepresentation: 0x00280103,
  pixelPaddingValue: 0x00280120,
  pixelPaddingRangeLimit: 0x00280121,
  windowCenter: 0x00281050,
  windowWidth: 0x00281051,
  rescaleIntercept: 0x00281052,
  rescaleSlope: 0x00281053,
  windowExplanation: 0x00281055,
  voiLutFunction: 0x00281056,
  iccProfile: 0x00282000,
  lutDescriptor: 0x00283002,
  lutExplanation: 0x00283003,
  lutData: 0x00283006,
  modalityLutSequence: 0x00283000,
  voiLutSequence: 0x00283010,
  presentationLutShape: 0x20500020,
  sharedFunctionalGroups: 0x52009229,
  perFrameFunctionalGroups: 0x52009230,
  extendedOffsetTable: 0x7fe00001,
  extendedOffsetTableLengths: 0x7fe00002,
  floatPixelData: 0x7fe00008,
  doubleFloatPixelData: 0x7fe00009,
  pixelData: 0x7fe00010,
  item: 0xfffee000,
  itemDelimitation: 0xfffee00d,
  sequenceDelimitation: 0xfffee0dd,
} as const

export function tagGroup(tag: Tag): number {
  return tag >>> 16
}

export function tagElement(tag: Tag): number {
  return tag & 0xffff
}

/** Odd groups above 8 are private (PS3.5 section 7.8). */
export function isPrivateTag(tag: Tag): boolean {
  return (tag & 0x10000) !== 0
}

/** `(gggg,00xx)` with an odd group and xx ≥ 10: reserves a block for its creator (PS3.5 section 7.8.1). */
export function isPrivateCreatorTag(tag: Tag): boolean {
  const element = tag & 0xffff
  return isPrivateTag(tag) && element >= 0x10 && element <= 0xff
}

/** The tag as eight upper-case hexadecimal digits, the key of the DICOM JSON model (PS3.18 F.2.2). */
export function hexTag(tag: Tag): string {
  return tag.toString(16).toUpperCase().padStart(8, '0')
}

/** The tag as the standard prints it: `(0028,0010)`. */
export function formatTag(tag: Tag): string {
  const hex = hexTag(tag)
  return `(${hex.slice(0, 4)},${hex.slice(4)})`
}

/** Reads `(gggg,eeee)`, `gggg,eeee` or eight hexadecimal digits. */
export function parseTag(text: string): Tag | undefined {
  const match = /^\(?([0-9a-f]{4}),?([0-9a-f]{4})\)?$/i.exec(text.trim())
  return match ? Number.parseInt(`${match[1]}${match[2]}`, 16) : undefined
}
