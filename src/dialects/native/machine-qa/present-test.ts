import type { Attachment } from '../../../modules/machine-qa/domain/attachment.ts'
import type { ListedTest } from '../../../modules/machine-qa/domain/listed-test.ts'
import type { TestPage } from '../../../modules/machine-qa/domain/test-page.ts'
import type { TestResultValue } from '../../../modules/machine-qa/domain/test-result.ts'
import { isCompositeTest, type TestType } from '../../../modules/machine-qa/domain/test-type.ts'
import type { Tolerance } from '../../../modules/machine-qa/domain/tolerance.ts'
import { valueDisplay } from '../../../modules/machine-qa/domain/value-display.ts'
import type { FormTest } from '../../../modules/machine-qa/performing/form-tests.ts'
import { sanitizeHtml } from '../../../platform/html/sanitize-html.ts'
import type { WireAttachment, WirePoint, WireTest, WireTolerance, WireValue } from './performing.schema.ts'

type History = FormTest['history']

/** A test as pages show it: what it asks, what it is compared with, and what it was before. */
export function presentTest(
  listed: Omit<ListedTest, 'unitTestInfoId'> & { readonly unitTestInfoId: number },
  page: TestPage | null,
  shown: {
    readonly reference: string
    readonly history: History
    readonly attachments: readonly Attachment[]
    readonly zone: string
  },
): WireTest {
  const { test, reference, tolerance } = listed
  return {
    testId: test.id,
    unitTestInfoId: listed.unitTestInfoId,
    macro: test.macro,
    name: page?.displayName ?? test.name,
    type: test.type,
    category: page?.category ?? { id: 0, name: '' },
    description: presentHtml(page?.description ?? null),
    procedureAddress: page?.procedureAddress ?? null,
    choices: page?.choices ?? [],
    formatting: test.formatting,
    wrapLow: test.wrapLow,
    wrapHigh: test.wrapHigh,
    constantValue: test.constantValue,
    isCalculated: isCompositeTest(test.type),
    hidden: test.hidden,
    skipWithoutComment: test.skipWithoutComment,
    requireComment: test.requireComment,
    displayImage: page?.displayImage ?? false,
    sublist: listed.sublist,
    reference: reference && { value: reference.value, kind: reference.kind, display: shown.reference },
    tolerance: tolerance && presentTolerance(tolerance.name, tolerance.tolerance),
    attachments: shown.attachments.map(presentAttachment),
    history: shown.history.map((point) => presentPoint(point, test, shown.zone)),
  }
}

/** What people wrote as HTML, safe to show. */
export function presentHtml(html: string | null): string {
  return html === null || html === '' ? '' : sanitizeHtml(html, 'procedure').html
}

function presentTolerance(name: string, tolerance: Tolerance): WireTolerance {
  const none = {
    actLow: null,
    tolLow: null,
    tolHigh: null,
    actHigh: null,
    passChoices: [],
    tolChoices: [],
    warningOnly: false,
  }
  switch (tolerance.kind) {
    case 'multchoice':
    case 'boolean':
      return { ...none, ...tolerance, name }
    default:
      return { ...none, ...tolerance, name }
  }
}

export function presentAttachment({ id, label, mediaType, sizeBytes }: Attachment): WireAttachment {
  return { id, label, mediaType, sizeBytes, href: `/api/v1/machine-qa/attachments/${id}/content` }
}

type DisplayedTest = { readonly type: TestType; readonly formatting: string }

export function presentPoint(point: History[number], test: DisplayedTest, zone: string): WirePoint {
  return {
    sessionId: point.sessionId,
    at: point.workCompleted.toISOString(),
    value: point.result.value,
    text:
      test.type === 'upload'
        ? ''
        : valueDisplay({ test, result: point.result, skipped: point.skipped }, zone),
    passFail: point.passFail,
    skipped: point.skipped,
    comment: point.comment,
  }
}

/** The value in the form in which the performing page takes and gives it. */
export function presentValue(type: TestType, result: TestResultValue): WireValue {
  switch (type) {
    case 'boolean':
      return result.value === null ? null : result.value !== 0
    case 'date':
      return result.dateValue
    case 'datetime':
      return result.datetimeValue?.toISOString() ?? null
    case 'multchoice':
    case 'string':
    case 'scomposite':
      return result.stringValue === '' ? null : result.stringValue
    case 'upload':
      return result.jsonValue
    default:
      return result.value
  }
}
