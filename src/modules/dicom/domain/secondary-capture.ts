import { invalidInput } from '../../../core/refusal.ts'
import type { DataSet, DicomElement } from './data-set.ts'
import { findEntry, findKeyword } from './dictionary.ts'
import { type ElementValue, makeBytesElement, makeDataSet, makeElement } from './make-element.ts'
import { type FormValue, parseFormField } from './parse-form-field.ts'
import { findText } from './read-value.ts'
import { TAGS, type Tag, tagGroup } from './tag.ts'

/** A picture as stored samples: row-major, colour interleaved, 16-bit samples in little endian. */
export type Picture = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly bitsAllocated: 8 | 16
  readonly pixels: Uint8Array
  /** Uncompressed size divided by the size of the lossy file it came from; absent if it never was lossy. */
  readonly lossyRatio?: number
}

export type SecondaryCapture = {
  /** One picture, or several of the same shape. */
  readonly pictures: readonly Picture[]
  /** What the client gave, by keyword; what is no keyword is ignored. */
  readonly fields: ReadonlyMap<string, readonly FormValue[]>
  readonly newUid: () => string
  /** Local time of the instance. */
  readonly now: { readonly date: string; readonly time: string }
}

const SOP_CLASS = '1.2.840.10008.5.1.4.1.1.7'
const MULTI_FRAME_GRAY_BYTE = `${SOP_CLASS}.2`
const MULTI_FRAME_GRAY_WORD = `${SOP_CLASS}.3`
const MULTI_FRAME_TRUE_COLOR = `${SOP_CLASS}.4`

/** Present even if nobody gave a value: type 2 of the modules of the IOD (PS3.3 A.8.1, spec section 8.3). */
const TYPE_2: readonly string[] = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyDate',
  'StudyTime',
  'ReferringPhysicianName',
  'StudyID',
  'AccessionNumber',
  'SeriesNumber',
  'InstanceNumber',
  'PatientOrientation',
]

/** What the picture decides and no field may. */
const OF_THE_PICTURE: ReadonlySet<Tag> = new Set<Tag>([
  TAGS.specificCharacterSet,
  TAGS.sopClassUid,
  TAGS.samplesPerPixel,
  TAGS.photometricInterpretation,
  TAGS.planarConfiguration,
  TAGS.numberOfFrames,
  TAGS.rows,
  TAGS.columns,
  TAGS.bitsAllocated,
  TAGS.bitsStored,
  TAGS.highBit,
  TAGS.pixelRepresentation,
  TAGS.rescaleIntercept,
  TAGS.rescaleSlope,
  TAGS.floatPixelData,
  TAGS.doubleFloatPixelData,
  TAGS.extendedOffsetTable,
  TAGS.extendedOffsetTableLengths,
  TAGS.pixelData,
])

/**
 * The data set of a Secondary Capture Image, or of its multi-frame variant for several pictures
 * (PS3.3 A.8): all mandatory modules, the client's attributes checked against their VR.
 *
 * @throws RefusedError `invalid-input` with the first bad field
 */
export function makeSecondaryCapture(capture: SecondaryCapture): DataSet {
  const [picture] = capture.pictures
  if (!picture) throw invalidInput('image', 'No file was submitted.')
  if (capture.pictures.some((other) => !isSameShape(other, picture))) {
    throw invalidInput('image', 'All images must have the same size and kind.')
  }
  const given = parseFields(capture.fields)
  const made = makeDataSet([...defaults(capture), ...given, ...pictureElements(capture.pictures, picture)])
  return withCharacterSet(made)
}

function isSameShape(one: Picture, other: Picture): boolean {
  return (
    one.rows === other.rows &&
    one.columns === other.columns &&
    one.samplesPerPixel === other.samplesPerPixel &&
    one.bitsAllocated === other.bitsAllocated
  )
}

function parseFields(fields: SecondaryCapture['fields']): readonly DicomElement[] {
  return [...fields].flatMap(([keyword, parts]) => {
    const entry = findKeyword(keyword)
    const isOurs = !entry || tagGroup(entry.tag) < 8 || tagGroup(entry.tag) === 0xfffe
    return isOurs || OF_THE_PICTURE.has(entry.tag) ? [] : [parseFormField(entry, parts)]
  })
}

function named(keyword: string, ...values: readonly ElementValue[]): DicomElement {
  const entry = findKeyword(keyword)
  if (!entry) throw new Error(`${keyword} is not in the dictionary.`)
  return makeElement(entry.tag, values)
}

function defaults({ newUid, now, pictures }: SecondaryCapture): readonly DicomElement[] {
  return [
    ...TYPE_2.map((keyword) => named(keyword)),
    named('ImageType', 'DERIVED', 'SECONDARY'),
    named('SOPInstanceUID', newUid()),
    named('StudyInstanceUID', newUid()),
    named('SeriesInstanceUID', newUid()),
    named('Modality', 'OT'),
    named('ConversionType', 'WSD'),
    named('InstanceCreationDate', now.date),
    named('InstanceCreationTime', now.time),
    named('DateOfSecondaryCapture', now.date),
    named('TimeOfSecondaryCapture', now.time),
    ...(pictures.length > 1 ? [named('BurnedInAnnotation', 'YES')] : []),
  ]
}

function pictureElements(pictures: readonly Picture[], picture: Picture): readonly DicomElement[] {
  const { rows, columns, samplesPerPixel, bitsAllocated } = picture
  const isColor = samplesPerPixel === 3
  return [
    named('SOPClassUID', sopClassOf(pictures.length, picture)),
    named('SamplesPerPixel', samplesPerPixel),
    named('PhotometricInterpretation', isColor ? 'RGB' : 'MONOCHROME2'),
    ...(isColor ? [named('PlanarConfiguration', 0)] : []),
    named('Rows', rows),
    named('Columns', columns),
    named('BitsAllocated', bitsAllocated),
    named('BitsStored', bitsAllocated),
    named('HighBit', bitsAllocated - 1),
    makeElement(TAGS.pixelRepresentation, 0),
    ...lossyElements(pictures),
    ...(pictures.length > 1 ? multiFrameElements(pictures.length, picture) : []),
    makeBytesElement(
      TAGS.pixelData,
      bitsAllocated === 8 ? 'OB' : 'OW',
      Buffer.concat(pictures.map(({ pixels }) => pixels)),
    ),
  ]
}

function sopClassOf(frames: number, { samplesPerPixel, bitsAllocated }: Picture): string {
  if (frames === 1) return SOP_CLASS
  if (samplesPerPixel === 3) return MULTI_FRAME_TRUE_COLOR
  return bitsAllocated === 8 ? MULTI_FRAME_GRAY_BYTE : MULTI_FRAME_GRAY_WORD
}

/** Once lossy, always said (PS3.3 C.7.6.1.1.5). */
function lossyElements(pictures: readonly Picture[]): readonly DicomElement[] {
  const ratios = pictures.flatMap(({ lossyRatio }) => (lossyRatio === undefined ? [] : [lossyRatio]))
  if (ratios.length === 0) return []
  return [
    named('LossyImageCompression', '01'),
    named('LossyImageCompressionMethod', 'ISO_10918_1'),
    named('LossyImageCompressionRatio', Math.max(1, Math.min(...ratios)).toFixed(2)),
  ]
}

/** Multi-frame and SC Multi-frame Image modules (PS3.3 C.7.6.6, C.8.6.3). */
function multiFrameElements(frames: number, { samplesPerPixel }: Picture): readonly DicomElement[] {
  const isGray = samplesPerPixel === 1
  return [
    named('NumberOfFrames', String(frames)),
    named('FrameIncrementPointer', TAGS.frameTime),
    makeElement(TAGS.frameTime, '100'),
    ...(isGray
      ? [
          named('RescaleIntercept', '0'),
          named('RescaleSlope', '1'),
          named('RescaleType', 'US'),
          named('PresentationLUTShape', 'IDENTITY'),
        ]
      : []),
  ]
}

/** Adds Specific Character Set if any text is outside of ASCII; our text is UTF-8. */
function withCharacterSet(dataSet: DataSet): DataSet {
  const elements = [...dataSet.elements.values()]
  if (!elements.some((element) => hasForeignText(element, dataSet))) return dataSet
  return makeDataSet([...elements, named('SpecificCharacterSet', 'ISO_IR 192')])
}

function hasForeignText(element: DicomElement, dataSet: DataSet): boolean {
  if (element.items) {
    return element.items.some((item) =>
      [...item.elements.values()].some((inner) => hasForeignText(inner, item)),
    )
  }
  if (findEntry(element.tag) === undefined) return false
  const text = findText(dataSet, element.tag)
  return text !== undefined && /[^\0-\x7f]/.test(text)
}
