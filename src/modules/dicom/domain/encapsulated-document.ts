import { type DataSet, valueBytes } from './data-set.ts'
import { findNumber, findText } from './read-value.ts'
import type { Tag } from './tag.ts'

const DOCUMENT: Tag = 0x00420011
const DOCUMENT_LENGTH: Tag = 0x00420015

/** A document that a DICOM file carries: PDF, CDA, STL (PS3.3 C.24.2). */
export type EncapsulatedDocument = {
  readonly mediaType: string
  readonly title: string
  readonly bytes: Buffer
}

/** The document of a data set as it went in, without the padding where its length is known. */
export function findDocument(dataSet: DataSet): EncapsulatedDocument | undefined {
  const element = dataSet.elements.get(DOCUMENT)
  if (!element || element.length === 0) return undefined
  const bytes = valueBytes(element)
  const length = findNumber(dataSet, DOCUMENT_LENGTH) ?? bytes.length
  return {
    mediaType: findText(dataSet, 0x00420012) || 'application/octet-stream',
    title: findText(dataSet, 0x00420010) ?? '',
    bytes: bytes.subarray(0, Math.min(length, bytes.length)),
  }
}
