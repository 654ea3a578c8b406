import { invalidInput } from '../../../core/refusal.ts'
import type { DataSet, DicomElement } from './data-set.ts'
import { findEntry, findKeyword } from './dictionary.ts'
import { chooseIod, iodDefaults, requireConforming, SOP_CLASS_FIELD, tagsOfTheClient } from './image-iod.ts'
import type { ImageIod } from './image-iods.data.ts'
import { makeBytesElement, makeDataSet, makeElement, makeNamed } from './make-element.ts'
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
 * (PS3.3 A.8): all mandatory modules, the client's attributes checked against their VR. With the field `sop_class` it is
 * a CT, MR, CR, US or VL image instead, if everything is given that such an image must have.
 *
 * @throws RefusedError `invalid-input` with the first bad field
 */
export function makeSecondaryCapture(capture: SecondaryCapture): DataSet {
  const [picture] = capture.pictures
  if (!picture) throw invalidInput('image', 'No file was submitted.')
  if (capture.pictures.some((other) => !isSameShape(other, picture))) {
    throw invalidInput('image', 'All images must have the same size and kind.')
  }
  const iod = chooseIod(capture.fields.get(SOP_CLASS_FIELD))
  const given = parseFields(capture.fields, tagsOfTheClient(iod))
  if (iod) requireConforming(iod, given, capture.pictures)
  const made = makeDataSet([
    ...defaults(capture, iod),
    ...given,
    ...pictureElements(capture.pictures, picture, iod),
  ])
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

function parseFields(
  fields: SecondaryCapture['fields'],
  ofTheClient: ReadonlySet<Tag>,
): readonly DicomElement[] {
  return [...fields].flatMap(([keyword, parts]) => {
    const entry = findKeyword(keyword)
    const isGiven = entry && (ofTheClient.has(entry.tag) || !isLeftToThePicture(entry.tag))
    return isGiven ? [parseFormField(entry, parts)] : []
  })
}

/** Whether an attribute follows from the picture or from how files are written, so that no field decides it. */
export function isLeftToThePicture(tag: Tag): boolean {
  return tagGroup(tag) < 8 || tagGroup(tag) === 0xfffe || OF_THE_PICTURE.has(tag)
}

function defaults(
  { newUid, now, pictures }: SecondaryCapture,
  iod: ImageIod | undefined,
): readonly DicomElement[] {
  return [
    ...TYPE_2.map((keyword) => makeNamed(keyword)),
    makeNamed('ImageType', 'DERIVED', 'SECONDARY'),
    makeNamed('SOPInstanceUID', newUid()),
    makeNamed('StudyInstanceUID', newUid()),
    makeNamed('SeriesInstanceUID', newUid()),
    makeNamed('Modality', 'OT'),
    makeNamed('InstanceCreationDate', now.date),
    makeNamed('InstanceCreationTime', now.time),
    ...(iod ? iodDefaults(iod) : captureElements(now)),
    ...(pictures.length > 1 ? [makeNamed('BurnedInAnnotation', 'YES')] : []),
  ]
}

/** SC Equipment and SC Image modules (PS3.3 C.8.6.1, C.8.6.2). */
function captureElements(now: SecondaryCapture['now']): readonly DicomElement[] {
  return [
    makeNamed('ConversionType', 'WSD'),
    makeNamed('DateOfSecondaryCapture', now.date),
    makeNamed('TimeOfSecondaryCapture', now.time),
  ]
}

function pictureElements(
  pictures: readonly Picture[],
  picture: Picture,
  iod: ImageIod | undefined,
): readonly DicomElement[] {
  const { rows, columns, samplesPerPixel, bitsAllocated } = picture
  const isColor = samplesPerPixel === 3
  return [
    makeNamed('SOPClassUID', iod?.sopClassUid ?? sopClassOf(pictures.length, picture)),
    makeNamed('SamplesPerPixel', samplesPerPixel),
    makeNamed('PhotometricInterpretation', isColor ? 'RGB' : 'MONOCHROME2'),
    ...(isColor ? [makeNamed('PlanarConfiguration', 0)] : []),
    makeNamed('Rows', rows),
    makeNamed('Columns', columns),
    makeNamed('BitsAllocated', bitsAllocated),
    makeNamed('BitsStored', bitsAllocated),
    makeNamed('HighBit', bitsAllocated - 1),
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
    makeNamed('LossyImageCompression', '01'),
    makeNamed('LossyImageCompressionMethod', 'ISO_10918_1'),
    makeNamed('LossyImageCompressionRatio', Math.max(1, Math.min(...ratios)).toFixed(2)),
  ]
}

/** Multi-frame and SC Multi-frame Image modules (PS3.3 C.7.6.6, C.8.6.3). */
function multiFrameElements(frames: number, { samplesPerPixel }: Picture): readonly DicomElement[] {
  const isGray = samplesPerPixel === 1
  return [
    makeNamed('NumberOfFrames', String(frames)),
    makeNamed('FrameIncrementPointer', TAGS.frameTime),
    makeElement(TAGS.frameTime, '100'),
    ...(isGray
      ? [
          makeNamed('RescaleIntercept', '0'),
          makeNamed('RescaleSlope', '1'),
          makeNamed('RescaleType', 'US'),
          makeNamed('PresentationLUTShape', 'IDENTITY'),
        ]
      : []),
  ]
}

/** Adds Specific Character Set if any text is outside of ASCII; our text is UTF-8. */
function withCharacterSet(dataSet: DataSet): DataSet {
  const elements = [...dataSet.elements.values()]
  if (!elements.some((element) => hasForeignText(element, dataSet))) return dataSet
  return makeDataSet([...elements, makeNamed('SpecificCharacterSet', 'ISO_IR 192')])
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
