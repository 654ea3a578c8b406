import { type DataSet, type DicomElement, firstItem } from './data-set.ts'
import { findText, readDisplayTexts } from './read-value.ts'
import type { Tag } from './tag.ts'
import { findUid } from './uid-names.ts'

/** One content item of a Structured Report with those below it (PS3.3 C.17.3). */
export type ReportNode = {
  /** CONTAINS, HAS OBS CONTEXT, …; empty for the root. */
  readonly relationship: string
  /** CONTAINER, TEXT, CODE, NUM, … */
  readonly valueType: string
  /** What the item is about, in words. */
  readonly concept: string
  /** Its value in words; empty for a container. */
  readonly value: string
  readonly children: readonly ReportNode[]
}

const CONTENT: Tag = 0x0040a730
const CONCEPT_NAME: Tag = 0x0040a043
const MEASURED_VALUE: Tag = 0x0040a300
const UNITS: Tag = 0x004008ea
const REFERENCED_SOP: Tag = 0x00081199

/** Whether a data set is a Structured Report: a content item at its top level. */
export function isStructuredReport({ elements }: DataSet): boolean {
  return elements.has(0x0040a040) && elements.has(CONTENT)
}

/** The content tree of a Structured Report. */
export function readReport(item: DataSet): ReportNode {
  const valueType = findText(item, 0x0040a040) ?? ''
  return {
    relationship: findText(item, 0x0040a010) ?? '',
    valueType,
    concept: codeText(firstItem(item, CONCEPT_NAME)),
    value: VALUES[valueType]?.(item) ?? '',
    children: (item.elements.get(CONTENT)?.items ?? []).map(readReport),
  }
}

/** The meaning of a code, or the code with its scheme. */
function codeText(code: DataSet | undefined): string {
  if (!code) return ''
  return (
    findText(code, 0x00080104) || `${findText(code, 0x00080100) ?? ''} (${findText(code, 0x00080102) ?? ''})`
  )
}

function textOf(tag: Tag): (item: DataSet) => string {
  return (item) => {
    const element: DicomElement | undefined = item.elements.get(tag)
    return element ? readDisplayTexts(element, item).join(', ') : ''
  }
}

function measurement(item: DataSet): string {
  const measured = firstItem(item, MEASURED_VALUE)
  if (!measured) return ''
  const units = firstItem(measured, UNITS)
  const unit = units && findText(units, 0x00080100)
  return [textOf(0x0040a30a)(measured), unit === '1' ? '' : unit].filter(Boolean).join(' ')
}

/** The class of what an item points at, and its UID. */
function reference(item: DataSet): string {
  const referenced = firstItem(item, REFERENCED_SOP)
  if (!referenced) return ''
  const sopClass = findText(referenced, 0x00081150) ?? ''
  return `${findUid(sopClass)?.name ?? sopClass} ${findText(referenced, 0x00081155) ?? ''}`.trim()
}

/** How each value type says its value (PS3.3 table C.17.3-7). */
const VALUES: Readonly<Record<string, (item: DataSet) => string>> = {
  TEXT: textOf(0x0040a160),
  CODE: (item) => codeText(firstItem(item, 0x0040a168)),
  NUM: measurement,
  DATE: textOf(0x0040a121),
  TIME: textOf(0x0040a122),
  DATETIME: textOf(0x0040a120),
  PNAME: textOf(0x0040a123),
  UIDREF: textOf(0x0040a124),
  IMAGE: reference,
  COMPOSITE: reference,
  WAVEFORM: reference,
  SCOORD: (item) => `${findText(item, 0x00700023) ?? ''} ${textOf(0x00700022)(item)}`.trim(),
}
