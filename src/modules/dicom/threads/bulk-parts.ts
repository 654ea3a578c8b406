import { RefusedError } from '../../../core/refusal.ts'
import type { DataSet, DicomElement } from '../domain/data-set.ts'
import { swapWords } from '../domain/encode-data-set.ts'
import type { DicomFile } from '../domain/parse-file.ts'
import { parseTag } from '../domain/tag.ts'
import { vrTraits } from '../domain/vr.ts'

/** Read at once; a multiple of every word. */
const PART_BYTES = 1 << 20

/**
 * The value at a place (`7FE00010`, or `00400275/1/00081199` through an item counted from 1) in little endian.
 *
 * @throws RefusedError `not-found`
 */
export function* bulkParts({ dataSet }: DicomFile, place: string): Generator<Buffer> {
  const element = findElement(dataSet, place.split('/'))
  if (!element || element.items) throw new RefusedError({ kind: 'not-found', what: 'bulk data', id: place })
  const { source, start, length, bigEndian, vr } = element
  const end = start + length
  for (let at = start; at < end; at += PART_BYTES) {
    const bytes = source.read(at, Math.min(at + PART_BYTES, end))
    yield bigEndian ? swapWords(bytes, vrTraits(vr).word) : bytes
  }
}

function findElement(
  dataSet: DataSet,
  [first = '', item, ...rest]: readonly string[],
): DicomElement | undefined {
  const tag = parseTag(first)
  const element = tag === undefined ? undefined : dataSet.elements.get(tag)
  if (item === undefined || !element) return element
  const inner = element.items?.[Number(item) - 1]
  return inner && findElement(inner, rest)
}
