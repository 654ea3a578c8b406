import { deflateRawSync } from 'node:zlib'
import { invalidInput } from '../../../core/refusal.ts'
import type { DataSet } from './data-set.ts'
import { type Encoded, encodeDataSet, encodedChunks } from './encode-data-set.ts'
import { makeBytesElement, makeDataSet, makeElement, padEven } from './make-element.ts'
import { findText } from './read-value.ts'
import { TAGS } from './tag.ts'
import { EXPLICIT_LITTLE_ENDIAN, type TransferSyntax } from './transfer-syntax.ts'

/** Names this software in files that it writes (PS3.7 annex D.3.3.2); never changes. */
export const IMPLEMENTATION_CLASS_UID = '2.25.154326702036512878567655101810576797899'
export const IMPLEMENTATION_VERSION_NAME = 'TOUCHSTONE_0.1'

/**
 * A file in the format of PS3.10 chapter 7 in parts: preamble of zeros, prefix, file meta group in explicit
 * little endian, data set in `syntax`. Pixel Data must already be in the form that the syntax asks for.
 *
 * @throws RefusedError `invalid-input` if the data set lacks SOP Class UID or SOP Instance UID
 */
export function* dicomFileChunks(dataSet: DataSet, syntax: TransferSyntax): Generator<Buffer> {
  yield Buffer.alloc(128)
  yield Buffer.from('DICM', 'latin1')
  yield* encodedChunks(encodeMeta(dataSet, syntax))
  const body = encodeDataSet(dataSet, syntax)
  if (syntax.deflated) yield padEven(deflateRawSync(Buffer.concat([...encodedChunks(body)])), 'OB')
  else yield* encodedChunks(body)
}

/** The same as one buffer. */
export function writeDicomFile(dataSet: DataSet, syntax: TransferSyntax = EXPLICIT_LITTLE_ENDIAN): Buffer {
  return Buffer.concat([...dicomFileChunks(dataSet, syntax)])
}

/** Group 0002 with its length (PS3.10 table 7.1-1). */
function encodeMeta(dataSet: DataSet, syntax: TransferSyntax): Encoded {
  const elements = [
    makeBytesElement(TAGS.fileMetaVersion, 'OB', Uint8Array.of(0, 1)),
    makeElement(TAGS.mediaStorageSopClassUid, requireUid(dataSet, TAGS.sopClassUid, 'SOPClassUID')),
    makeElement(TAGS.mediaStorageSopInstanceUid, requireUid(dataSet, TAGS.sopInstanceUid, 'SOPInstanceUID')),
    makeElement(TAGS.transferSyntaxUid, syntax.uid),
    makeElement(TAGS.implementationClassUid, IMPLEMENTATION_CLASS_UID),
    makeElement(TAGS.implementationVersionName, IMPLEMENTATION_VERSION_NAME),
  ]
  const { size } = encodeDataSet(makeDataSet(elements), EXPLICIT_LITTLE_ENDIAN)
  return encodeDataSet(
    makeDataSet([makeElement(TAGS.fileMetaGroupLength, size), ...elements]),
    EXPLICIT_LITTLE_ENDIAN,
  )
}

function requireUid(dataSet: DataSet, tag: number, keyword: string): string {
  const uid = findText(dataSet, tag)
  if (!uid) throw invalidInput(keyword, 'This field is required.')
  return uid
}
