import { invalidInput } from '../../../core/refusal.ts'
import { imageError, missingFrames, type OpenImage, openImage } from '../codecs/render-images.ts'
import { type DataSet, type DicomElement, firstItem } from '../domain/data-set.ts'
import { asUtf8, requireUid, seriesFacts, studyFacts, wholeNumber } from '../domain/index-attributes.ts'
import type {
  BulkPlace,
  InstanceFacts,
  InstanceIndex,
  SampleType,
  StoredPixelFacts,
} from '../domain/instance-index.ts'
import { type JsonDataSet, presentJsonModel } from '../domain/json-model.ts'
import { jsonModelText } from '../domain/json-model-text.ts'
import { tagOf } from '../domain/make-element.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import { describeWarning } from '../domain/parse-warnings.ts'
import { findPixelElement, type PixelDescription } from '../domain/pixel-description.ts'
import { pixelFacts } from '../domain/pixel-facts.ts'
import { readNumbers } from '../domain/read-value.ts'
import { hexTag, TAGS, type Tag } from '../domain/tag.ts'
import { vrTraits } from '../domain/vr.ts'

/** Bytes that a model carries itself; longer values are named by their address. */
const MOST_INLINE_BYTES = 1024

/** Characters of a model that is still handed out from the database. */
const MOST_MODEL_CHARACTERS = 32 << 20

/** Warnings that are told about one file. */
const MOST_WARNINGS = 20

/**
 * Everything that the image store keeps of a file besides its bytes.
 *
 * @throws RefusedError `invalid-input` if it names no study, series or instance, or is cut off
 */
export function indexInstance(file: DicomFile): InstanceIndex {
  const { dataSet, truncated, warnings } = file
  const study = studyFacts(dataSet)
  const series = seriesFacts(dataSet)
  const instance = instanceFacts(file)
  if (truncated) throw invalidInput('file', 'The file is cut off.')
  const bulk: Record<string, BulkPlace> = {}
  const attributes = asUtf8(
    presentJsonModel(dataSet, {
      bulkDataUri: (element, path) => {
        if (element.length <= MOST_INLINE_BYTES && !element.fragments && !isPixelTag(element.tag))
          return undefined
        const place = path.map((step, index) => (index % 2 === 0 ? hexTag(step) : String(step + 1))).join('/')
        bulk[place] = placeOf(element, file)
        return `bulkdata/${place}`
      },
    }),
  )
  const model = withCharacterSet(attributes)
  if (model.length > MOST_MODEL_CHARACTERS) throw invalidInput('file', 'The attributes are too large.')
  return {
    study,
    series,
    instance,
    model,
    bulk,
    warnings: warnings.slice(0, MOST_WARNINGS).map(describeWarning),
  }
}

/** Text beyond ASCII says that it is UTF-8, also where the file said nothing (PS3.18 F.2.1). */
function withCharacterSet(attributes: JsonDataSet): string {
  const text = jsonModelText(attributes)
  const tag = hexTag(TAGS.specificCharacterSet)
  if (Object.hasOwn(attributes, tag) || !/[\u0080-\uffff]/.test(text)) return text
  return jsonModelText({ ...attributes, [tag]: { vr: 'CS', Value: ['ISO_IR 192'] } })
}

function isPixelTag(tag: Tag): boolean {
  return tag >>> 16 === 0x7fe0
}

/** Bytes as they are sent: little endian, not of an inflated copy, and not in fragments. */
function placeOf(element: DicomElement, { transferSyntax }: DicomFile): BulkPlace {
  const isPlain = !transferSyntax.deflated && !element.fragments
  const isLittle = !element.bigEndian || vrTraits(element.vr).word === 1
  return isPlain && isLittle ? [element.start, element.length] : null
}

function instanceFacts(file: DicomFile): InstanceFacts {
  const { dataSet } = file
  const opened = openPixels(file)
  return {
    uid: requireUid(dataSet, TAGS.sopInstanceUid, 'SOPInstanceUID'),
    sopClassUid: requireUid(dataSet, TAGS.sopClassUid, 'SOPClassUID'),
    transferSyntaxUid: file.transferSyntax.uid,
    number: wholeNumber(dataSet, tagOf('InstanceNumber')),
    positionMm: positionAlongNormal(dataSet),
    rows: wholeNumber(dataSet, TAGS.rows),
    columns: wholeNumber(dataSet, TAGS.columns),
    bitsAllocated: wholeNumber(dataSet, TAGS.bitsAllocated),
    numberOfFrames: wholeNumber(dataSet, TAGS.numberOfFrames),
    frames: 'image' in opened ? opened.image.table.count : 0,
    problem: 'image' in opened ? (missingFrames(opened.image) ?? null) : opened.problem,
    pixels: 'image' in opened ? storedPixelFacts(opened.image) : null,
  }
}

type Opened = { readonly image: OpenImage } | { readonly problem: string | null }

function openPixels(file: DicomFile): Opened {
  if (!findPixelElement(file.dataSet)) return { problem: null }
  try {
    return { image: openImage(file) }
  } catch (error) {
    return { problem: imageError(error) }
  }
}

function storedPixelFacts({ file: { dataSet }, pixels, table }: OpenImage): StoredPixelFacts {
  const facts = pixelFacts(dataSet, pixels, table.count)
  return {
    ...facts,
    ...(facts.spacingFrom === 'patient' ? {} : spacingOfGroups(dataSet)),
    samplesPerPixel: pixels.samplesPerPixel,
    sampleType: sampleTypeOf(pixels),
    bitsAllocated: pixels.bitsAllocated,
    highBit: pixels.highBit,
    signed: pixels.signed,
    aspectRatio: pair(numbersOf(dataSet, tagOf('PixelAspectRatio'), 2)),
    orientation: planeOf(dataSet, tagOf('PlaneOrientationSequence'), tagOf('ImageOrientationPatient'), 6),
    position: planeOf(dataSet, tagOf('PlanePositionSequence'), tagOf('ImagePositionPatient'), 3),
  }
}

function sampleTypeOf({ bitsAllocated, signed, isFloat }: PixelDescription): SampleType {
  if (isFloat) return bitsAllocated === 64 ? 'float64' : 'float32'
  const bits = bitsAllocated === 16 || bitsAllocated === 32 ? bitsAllocated : 8
  return `${signed ? 'int' : 'uint'}${bits}`
}

/** Of the functional groups of an enhanced image. */
function spacingOfGroups(dataSet: DataSet): Partial<StoredPixelFacts> {
  const patient = pair(planeOf(dataSet, tagOf('PixelMeasuresSequence'), tagOf('PixelSpacing'), 2))
  return patient ? { spacingMm: patient, spacingFrom: 'patient' } : {}
}

function planeOf(dataSet: DataSet, macro: Tag, tag: Tag, count: number): readonly number[] | null {
  const own = numbersOf(dataSet, tag, count)
  if (own) return own
  const groups = [TAGS.perFrameFunctionalGroups, TAGS.sharedFunctionalGroups].flatMap((group) => {
    const item = firstItem(dataSet, group)
    const found = item && firstItem(item, macro)
    return found ? [found] : []
  })
  return groups.map((group) => numbersOf(group, tag, count)).find((found) => found !== null) ?? null
}

function numbersOf(dataSet: DataSet, tag: Tag, count: number): readonly number[] | null {
  const element = dataSet.elements.get(tag)
  const values = element ? readNumbers(element, dataSet) : []
  return values.length >= count && values.slice(0, count).every(Number.isFinite)
    ? values.slice(0, count)
    : null
}

function pair(values: readonly number[] | null): readonly [number, number] | null {
  const [first, second] = values ?? []
  return first !== undefined && second !== undefined && first > 0 && second > 0 ? [first, second] : null
}

/** Along the cross product of the row and column directions (PS3.3 C.7.6.2.1.1). */
function positionAlongNormal(dataSet: DataSet): number | null {
  const orientation = numbersOf(dataSet, tagOf('ImageOrientationPatient'), 6)
  const position = numbersOf(dataSet, tagOf('ImagePositionPatient'), 3)
  if (!orientation || !position) return null
  const [rx = 0, ry = 0, rz = 0, cx = 0, cy = 0, cz = 0] = orientation
  const [x = 0, y = 0, z = 0] = position
  const along = x * (ry * cz - rz * cy) + y * (rz * cx - rx * cz) + z * (rx * cy - ry * cx)
  return Number.isFinite(along) ? along : null
}
