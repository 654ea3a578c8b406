import { type DataSet, type DicomElement, sortedElements } from './domain/data-set.ts'
import { elementText } from './domain/element-text.ts'
import { fieldName } from './domain/make-element.ts'
import type { DicomFile } from './domain/parse-file.ts'
import { describeWarning } from './domain/parse-warnings.ts'
import { formatTag } from './domain/tag.ts'
import { transferSyntaxName } from './domain/transfer-syntax.ts'
import { isBulkVr } from './domain/vr.ts'

/** Characters of a value that one line shows. */
const MOST_SHOWN = 160

/** A file as lines for people: file meta group, data set, items indented below their sequence, then warnings. */
export function* dumpLines(file: DicomFile): Generator<string> {
  yield* levelLines(file.meta, '')
  yield `# ${transferSyntaxName(file.transferSyntax.uid)}`
  yield* levelLines(file.dataSet, '')
  for (const warning of file.warnings) yield `# ${describeWarning(warning)}`
}

function* levelLines(dataSet: DataSet, indent: string): Generator<string> {
  for (const element of sortedElements(dataSet)) {
    const { tag, vr, items } = element
    yield `${indent}${formatTag(tag)} ${vr} ${fieldName(tag)} = ${shownValue(element, dataSet)}`
    for (const [index, item] of (items ?? []).entries()) {
      yield `${indent}  item ${index + 1}`
      yield* levelLines(item, `${indent}    `)
    }
  }
}

function shownValue(element: DicomElement, dataSet: DataSet): string {
  const { items, fragments, length, vr } = element
  if (items) return `${items.length} items`
  if (fragments) return `${fragments.length} fragments, ${length} bytes`
  if (isBulkVr(vr)) return `${length} bytes`
  // one line for each element, whatever its text holds
  const text = elementText(element, dataSet).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
