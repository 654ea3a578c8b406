import { type DataSet, type DicomElement, findInherited, shortValueBytes } from './data-set.ts'
import { findEntry } from './dictionary.ts'
import { isPrivateCreatorTag, isPrivateTag, TAGS, type Tag, tagElement } from './tag.ts'
import { isVr, type Vr } from './vr.ts'

/**
 * The VR of an element that does not carry its own (implicit VR, PS3.5 section 6.2 and annex A.1).
 *
 * @param dataSet what was read so far of the element's data set: choices such as `US or SS` depend on it
 */
export function resolveVr(tag: Tag, dataSet: DataSet): Vr {
  if (isPrivateTag(tag)) return isPrivateCreatorTag(tag) ? 'LO' : 'UN'
  const vr = findEntry(tag)?.vr
  if (vr === undefined) return tagElement(tag) === 0 ? 'UL' : 'UN'
  return isVr(vr) ? vr : chooseVr(vr, dataSet)
}

function chooseVr(choice: string, dataSet: DataSet): Vr {
  if (choice === 'OB or OW') return 'OW'
  if (choice === 'US or SS') return isSigned(dataSet) ? 'SS' : 'US'
  if (choice === 'NONE') return 'UN'
  return isSingleEntryLut(dataSet) ? 'US' : 'OW'
}

/** Pixel Representation of the same level or the nearest one around it; absent means unsigned. */
function isSigned(dataSet: DataSet): boolean {
  const element = findInherited(dataSet, TAGS.pixelRepresentation)
  return element !== undefined && firstWord(element) === 1
}

function isSingleEntryLut(dataSet: DataSet): boolean {
  const descriptor = dataSet.elements.get(TAGS.lutDescriptor)
  return descriptor !== undefined && firstWord(descriptor) === 1
}

function firstWord(element: DicomElement): number {
  if (element.length < 2) return 0
  const bytes = shortValueBytes(element)
  return element.bigEndian ? bytes.readUInt16BE(0) : bytes.readUInt16LE(0)
}
