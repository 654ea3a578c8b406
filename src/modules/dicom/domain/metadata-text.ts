import { type DataSet, type DicomElement, sortedElements } from './data-set.ts'
import { findEntry, findKeyword } from './dictionary.ts'
import { elementText } from './element-text.ts'
import { isBinaryNumberVr, isTooLarge, readBinaryNumbers, readTexts } from './read-value.ts'
import { hexTag, isPrivateTag, type Tag } from './tag.ts'
import { isVr } from './vr.ts'

export type NamedText = readonly [keyword: string, text: string]

/** Elements with a keyword in tag order; a second repeating group has its group behind an `@`. */
export function listNamedElements(dataSet: DataSet): readonly (readonly [string, DicomElement])[] {
  const taken = new Set<string>()
  return sortedElements(dataSet).flatMap((element) => {
    const keyword = keywordOf(element.tag)
    if (keyword === undefined) return []
    const name = taken.has(keyword) ? `${keyword}@${hexTag(element.tag).slice(0, 4)}` : keyword
    taken.add(keyword)
    return [[name, element] as const]
  })
}

function keywordOf(tag: Tag): string | undefined {
  return isPrivateTag(tag) || tag < 0x00080000 ? undefinedUnlessDirectory(tag) : findEntry(tag)?.keyword
}

/** Group 0004 (media directory) is part of a data set; groups 0000 and 0002 are not. */
function undefinedUnlessDirectory(tag: Tag): string | undefined {
  return tag >>> 16 === 4 ? findEntry(tag)?.keyword : undefined
}

/**
 * Every top-level element with a keyword and a value that Python takes for true: empty values, empty
 * sequences and single numbers that are zero are left out, as the original service does.
 *
 * @param omit keywords whose text is not made (Pixel Data of megabytes)
 */
export function listMetadata(dataSet: DataSet, omit: ReadonlySet<string> = new Set()): readonly NamedText[] {
  return listNamedElements(dataSet)
    .filter(([keyword, element]) => !omit.has(keyword) && !isFalsy(element, dataSet))
    .map(([keyword, element]) => [keyword, elementText(element, dataSet)] as const)
}

/** The element of a keyword in the data set itself. */
export function findByKeyword(dataSet: DataSet, keyword: string): DicomElement | undefined {
  const entry = findKeyword(keyword)
  return entry && dataSet.elements.get(entry.tag)
}

/** Whether Python takes the value for false: empty, or one number that is zero. */
export function isFalsy(element: DicomElement, dataSet: DataSet): boolean {
  if (element.vr === 'SQ') return (element.items?.length ?? 0) === 0
  if (element.length === 0) return true
  if (isTooLarge(element)) return false
  if (isBinaryNumberVr(element.vr)) {
    const values = readBinaryNumbers(element)
    return values.length === 0 || (values.length === 1 && Number(values[0]) === 0)
  }
  if (element.vr === 'DS' || element.vr === 'IS') return isZeroText(readTexts(element, dataSet))
  return isVr(element.vr) && elementIsBlank(element, dataSet)
}

function isZeroText(texts: readonly string[]): boolean {
  return texts.length === 0 || (texts.length === 1 && (texts[0] === '' || Number(texts[0]) === 0))
}

function elementIsBlank(element: DicomElement, dataSet: DataSet): boolean {
  return element.length <= 2 && elementText(element, dataSet) === ''
}
