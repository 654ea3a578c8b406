import { formatDayWithMonthName, formatMinuteWithMonthName } from '../../../core/calendar.ts'
import { formatFourDigits, formatNumber } from './number-format.ts'
import { PASS_FAIL_LABELS, type PassFailLabels } from './pass-fail.ts'
import { isEmptyResult, type TestResultValue } from './test-result.ts'
import { isTextTest, type TestType } from './test-type.ts'

/** A file as a result shows it. */
export type DisplayedFile = { readonly name: string; readonly address: string }

export type DisplayedResult = {
  readonly test: { readonly type: TestType; readonly formatting: string }
  readonly result: TestResultValue
  readonly skipped: boolean
  /** The first file attached to the result, for uploads. */
  readonly file?: DisplayedFile
}

/** What a result looks like to people, and on the wire as `value_display`. Uploads give an HTML link, escaped. */
export function valueDisplay(
  shown: DisplayedResult,
  zone: string,
  labels: PassFailLabels = PASS_FAIL_LABELS,
): string {
  const { test, result, skipped, file } = shown
  if (skipped) return 'Skipped'
  if (isEmptyResult(result)) return labels.not_done
  if (test.type === 'upload') return file ? fileLink(file) : ''
  if (isTextTest(test.type)) return result.stringValue
  if (test.type === 'boolean' && result.value !== null) return Math.trunc(result.value) === 1 ? 'Yes' : 'No'
  return valueText(test.formatting, result, zone)
}

/** The value that is there: a test whose type changed may hold its older results in another member. */
function valueText(formatting: string, result: TestResultValue, zone: string): string {
  if (result.value !== null) {
    const formatted = formatting === '' ? undefined : formatNumber(formatting, result.value)
    return formatted ?? formatFourDigits(result.value)
  }
  if (result.dateValue !== null) return formatDayWithMonthName(result.dateValue)
  if (result.datetimeValue !== null) return formatMinuteWithMonthName(result.datetimeValue, zone)
  return result.stringValue
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}

function fileLink({ name, address }: DisplayedFile): string {
  const text = escapeHtml(name)
  return `<a href="${escapeHtml(address)}" title="${text}">${text}</a>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}
