import { type DataSet, type DicomElement, sortedElements, valueBytes } from './data-set.ts'
import { swapWords } from './encode-data-set.ts'
import { isBinaryNumberVr, readBinaryNumbers, readTags, readTexts } from './read-value.ts'
import { hexTag, type Tag, tagElement } from './tag.ts'
import { type Vr, vrTraits } from './vr.ts'

/** The groups of a person name (PS3.5 section 6.2.1). */
export type JsonPersonName = {
  readonly Alphabetic?: string
  readonly Ideographic?: string
  readonly Phonetic?: string
}

export type JsonValue = string | number | null | JsonPersonName | JsonDataSet

/** One attribute of the DICOM JSON model (PS3.18 F.2.2): empty, with values, or with bytes. */
export type JsonAttribute = {
  readonly vr: Vr
  readonly Value?: readonly JsonValue[]
  readonly InlineBinary?: string
  readonly BulkDataURI?: string
}

export type JsonDataSet = { readonly [tag: string]: JsonAttribute }

export type JsonModelOptions = {
  /** The address of an element's bytes where they are not to be sent inline; `path` leads through the items. */
  readonly bulkDataUri?: (element: DicomElement, path: readonly (Tag | number)[]) => string | undefined
}

/** A data set in the DICOM JSON model (PS3.18 annex F), sorted by tag, without group lengths. */
export function presentJsonModel(
  dataSet: DataSet,
  options: JsonModelOptions = {},
  path: readonly (Tag | number)[] = [],
): JsonDataSet {
  return Object.fromEntries(
    sortedElements(dataSet)
      .filter(({ tag }) => tagElement(tag) !== 0)
      .map((element) => [
        hexTag(element.tag),
        presentAttribute(element, dataSet, { options, path: [...path, element.tag] }),
      ]),
  )
}

type Place = { readonly options: JsonModelOptions; readonly path: readonly (Tag | number)[] }

function presentAttribute(element: DicomElement, dataSet: DataSet, { options, path }: Place): JsonAttribute {
  const { vr, items } = element
  if (items) {
    const value = items.map((item, index) => presentJsonModel(item, options, [...path, index]))
    return value.length > 0 ? { vr, Value: value } : { vr }
  }
  if (element.length === 0) return { vr }
  const values = presentValues(element, dataSet)
  if (values) return values.length > 0 ? { vr, Value: values } : { vr }
  const uri = options.bulkDataUri?.(element, path)
  if (uri !== undefined) return { vr, BulkDataURI: uri }
  const bytes = valueBytes(element)
  const little = element.bigEndian ? swapWords(bytes, vrTraits(vr).word) : bytes
  return { vr, InlineBinary: little.toString('base64') }
}

/** The items of Value; undefined for VRs whose value is bytes. */
function presentValues(element: DicomElement, dataSet: DataSet): readonly JsonValue[] | undefined {
  const { vr } = element
  if (vr === 'AT') return readTags(element).map(hexTag)
  if (isBinaryNumberVr(vr)) return readBinaryNumbers(element).map(presentNumber)
  if (vrTraits(vr).text === undefined) return undefined
  const texts = readTexts(element, dataSet)
  if (vr === 'PN') return texts.map((text) => (text === '' ? null : presentPersonName(text)))
  return texts.map((text) => presentText(vr, text))
}

/** Numbers that JSON cannot carry exactly are texts (PS3.18 F.2.3). */
function presentNumber(value: number | bigint): JsonValue {
  const number = Number(value)
  if (typeof value === 'bigint') return Number.isSafeInteger(number) ? number : String(value)
  if (Number.isNaN(number)) return 'NaN'
  if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf'
  return number
}

function presentText(vr: Vr, text: string): JsonValue {
  if (text === '') return null
  if (vr !== 'DS' && vr !== 'IS') return text.trim() === '' ? null : text
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

function presentPersonName(name: string): JsonPersonName {
  const [alphabetic = '', ideographic = '', phonetic = ''] = name.split('=')
  return {
    ...(alphabetic && { Alphabetic: alphabetic }),
    ...(ideographic && { Ideographic: ideographic }),
    ...(phonetic && { Phonetic: phonetic }),
  }
}
