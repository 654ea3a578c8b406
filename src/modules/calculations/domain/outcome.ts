import type { CalculationOutcome } from './calculation.ts'
import type { PythonValue } from './python-value.ts'

const PREFIX = 'Invalid Test Procedure: '

/** What an interpreter says about one snippet; `text` is the tail of the traceback. */
export type RawOutcome =
  | { readonly kind: 'value'; readonly value: PythonValue }
  | {
      readonly kind: 'failed'
      readonly failure: { type: string; message: string; line: number | null; text: string }
    }
  | { readonly kind: 'timed-out'; readonly limitMs: number; readonly started: boolean }
  | { readonly kind: 'crashed'; readonly reason: string }

/**
 * The outcome as users know it (machine-QA 3.5.3): an exception counts as waiting for input while a macro that
 * the snippet mentions is empty.
 */
export function decideOutcome(macro: string, raw: RawOutcome, hasEmptyInput: boolean): CalculationOutcome {
  switch (raw.kind) {
    case 'value':
      return raw
    case 'failed': {
      if (hasEmptyInput) return { kind: 'waiting' }
      const { type, message, line, text } = raw.failure
      return { kind: 'failed', error: PREFIX + text, failure: { type, message, line } }
    }
    case 'timed-out':
      return { kind: 'timed-out', error: PREFIX + describeTimeout(macro, raw) }
    case 'crashed': {
      const message = `${macro} ended the Python interpreter: ${raw.reason}`
      const failure = { type: 'SystemError', message, line: null }
      return { kind: 'failed', error: `${PREFIX}SystemError: ${message}\n`, failure }
    }
  }
}

function describeTimeout(macro: string, raw: { limitMs: number; started: boolean }): string {
  const limit = `${raw.limitMs / 1000} s`
  return raw.started
    ? `TimeoutError: ${macro} took longer than ${limit}\n`
    : `TimeoutError: ${macro} was not calculated, because others took longer than ${limit}\n`
}

/** Whether a value counts as "not entered yet". */
export function isEmptyValue(value: PythonValue | undefined): boolean {
  return value === null || value === undefined || value === ''
}
