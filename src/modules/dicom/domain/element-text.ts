import { type DataSet, type DicomElement, sortedElements, valueBytes } from './data-set.ts'
import { findEntry } from './dictionary.ts'
import { pythonBytes } from './python-bytes.ts'
import { pythonFloat, pythonList, pythonString } from './python-text.ts'
import { isBinaryNumberVr, isTooLarge, readBinaryNumbers, readTags, readTexts } from './read-value.ts'
import { formatTag, isPrivateTag, type Tag, tagElement } from './tag.ts'
import { findUid } from './uid-names.ts'
import { isBulkVr, type Vr, vrTraits } from './vr.ts'

/**
 * The text of an element's value as the API of the users' document gives it: Python's `str()` of the value.
 * An empty value is `''` for text, `None` for numbers and bytes, `[]` for a sequence. A value too large to be one
 * text is only counted.
 */
export function elementText(element: DicomElement, dataSet: DataSet): string {
  if (element.vr === 'SQ') return sequenceText(element)
  if (isBulkVr(element.vr) ? element.length > MOST_BULK_BYTES : isTooLarge(element))
    return arrayOf(element.length)
  const values = valueTexts(element, dataSet)
  if (values.length === 0) return emptyText(element.vr)
  const [first = ''] = values
  if (values.length === 1) return first
  return pythonList(isQuotedInList(element.vr) ? values.map(pythonString) : values)
}

/** Bytes become up to four characters each; beyond this they are streamed (`pythonBytesSteps`) or left out. */
const MOST_BULK_BYTES = 64 << 20

/** VRs whose empty value is an empty text, as opposed to no number or no bytes. */
export function emptyText(vr: Vr): string {
  const isText = vrTraits(vr).text !== undefined && vr !== 'DS' && vr !== 'IS'
  return isText ? '' : 'None'
}

function isQuotedInList(vr: Vr): boolean {
  return vrTraits(vr).text !== undefined && vr !== 'DS' && vr !== 'IS' && vr !== 'PN'
}

/** Each value in Python's `str()` form; bytes are one value. */
function valueTexts(element: DicomElement, dataSet: DataSet): readonly string[] {
  const { vr } = element
  if (vrTraits(vr).text !== undefined) {
    const texts = readTexts(element, dataSet)
    return vr === 'DS' || vr === 'IS' ? texts.map((text) => text || 'None') : texts
  }
  if (vr === 'AT') return readTags(element).map(formatTag)
  if (isBinaryNumberVr(vr)) {
    return readBinaryNumbers(element).map((value) =>
      isFloat(vr) ? pythonFloat(Number(value)) : String(value),
    )
  }
  return element.length === 0 ? [] : [pythonBytes(valueBytes(element)).toString('latin1')]
}

function isFloat(vr: Vr): boolean {
  return vr === 'FL' || vr === 'FD'
}

/** The text of a sequence: the items' texts joined with nothing between brackets. */
function sequenceText({ items = [] }: DicomElement): string {
  return `[${items.map((item) => itemText(item, 0)).join('')}]`
}

const INDENT = '   '
const NAME_WIDTH = 35

/** One line for each element of an item, nested items indented below theirs. */
function itemText(item: DataSet, level: number): string {
  const indent = INDENT.repeat(level)
  return sortedElements(item)
    .map((element) =>
      element.vr === 'SQ' ? nestedSequenceText(element, level) : `${indent}${elementLine(element, item)}`,
    )
    .join('\n')
}

function nestedSequenceText({ tag, items = [] }: DicomElement, level: number): string {
  const head = `${INDENT.repeat(level)}${formatTag(tag)}  ${elementName(tag)}  ${items.length} item(s) ---- `
  const inner = INDENT.repeat(level + 1)
  return [head, ...items.flatMap((item) => [itemText(item, level + 1), `${inner}---------`])].join('\n')
}

function elementLine(element: DicomElement, item: DataSet): string {
  const name = [...elementName(element.tag)].slice(0, NAME_WIDTH).join('').padEnd(NAME_WIDTH)
  return `${formatTag(element.tag)} ${name} ${element.vr}: ${shortText(element, item)}`
}

function elementName(tag: Tag): string {
  if (isPrivateTag(tag)) return tagElement(tag) >>> 8 === 0 ? 'Private Creator' : 'Private tag data'
  return findEntry(tag)?.name ?? (tagElement(tag) === 0 ? 'Group Length' : '')
}

/** Values longer than this are only counted. */
const MOST_SHOWN = 16

/** The value inside a sequence: Python's `repr()`, long ones shortened to their count, UIDs by name. */
function shortText(element: DicomElement, item: DataSet): string {
  const { vr } = element
  if (isBulkVr(vr)) {
    return element.length > MOST_SHOWN ? arrayOf(element.length) : elementText(element, item)
  }
  if (isTooLarge(element)) return arrayOf(element.length)
  const values = valueTexts(element, item)
  const [first = ''] = values
  if (values.length === 0) return emptyText(vr) || "''"
  if (values.length > MOST_SHOWN) return arrayOf(values.length)
  if (values.length > 1) return pythonList(isQuotedInList(vr) ? values.map(pythonString) : values)
  if (isCounted(vr) && [...first].length > MOST_SHOWN) return arrayOf([...first].length)
  if (vr === 'UI') return findUid(first)?.name ?? first
  return vrTraits(vr).text === undefined ? first : pythonString(first)
}

function isCounted(vr: Vr): boolean {
  return vr === 'LT' || vr === 'UC' || vr === 'UT'
}

function arrayOf(count: number): string {
  return `Array of ${count} elements`
}
