import { openWindow } from './byte-source.ts'
import type { DataSet, DicomElement } from './data-set.ts'
import { readerOfUnknown, readItems } from './parse-elements.ts'
import { openBudget, PARSE_LIMITS } from './parse-limits.ts'
import { openWarningLog } from './parse-warnings.ts'
import { isSequencePart, openReader, peekTag } from './read-header.ts'

/**
 * The items inside of a UN element with a length, which is bytes to everybody who does not know the private
 * attribute (PS3.5 section 6.2.2, note 2); undefined if the bytes are no sequence.
 */
export function parseUnknownSequence(
  element: DicomElement,
  dataSet: DataSet,
): readonly DataSet[] | undefined {
  if (element.vr !== 'UN' || element.length < 8) return undefined
  const end = element.start + element.length
  const log = openWarningLog()
  const state = { window: openWindow(element.source), budget: openBudget(PARSE_LIMITS), log }
  const reader = openReader(state, { explicit: false, bigEndian: false }, element.start)
  if (!isSequencePart(peekTag(reader, end))) return undefined
  const inner = readerOfUnknown(reader)
  const items = readItems(inner, { end, depth: 1, parent: dataSet })
  return inner.at === end && log.list.length === 0 ? items : undefined
}
