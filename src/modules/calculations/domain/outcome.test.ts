import { describe, expect, it } from 'vitest'
import { decideOutcome, isEmptyValue } from './outcome.ts'

const FAILURE = {
  type: 'ValueError',
  message: 'no',
  line: 3,
  text: 'testc", line 3, in testc\nValueError: no\n',
}

describe('outcome of a calculation', () => {
  it('is waiting when it failed while an input is empty', () => {
    expect(decideOutcome('testc', { kind: 'failed', failure: FAILURE }, true)).toEqual({ kind: 'waiting' })
  })

  it('names the procedure and the error when all inputs are there', () => {
    expect(decideOutcome('testc', { kind: 'failed', failure: FAILURE }, false)).toEqual({
      kind: 'failed',
      error: 'Invalid Test Procedure: testc", line 3, in testc\nValueError: no\n',
      failure: { type: 'ValueError', message: 'no', line: 3 },
    })
  })

  it('is a value even when an input is empty', () => {
    expect(decideOutcome('testc', { kind: 'value', value: 1 }, true)).toEqual({ kind: 'value', value: 1 })
  })

  it.each([
    [true, 'Invalid Test Procedure: TimeoutError: testc took longer than 2 s\n'],
    [
      false,
      'Invalid Test Procedure: TimeoutError: testc was not calculated, because others took longer than 2 s\n',
    ],
  ])('says which calculation took the time (started: %s)', (started, error) => {
    expect(decideOutcome('testc', { kind: 'timed-out', limitMs: 2000, started }, true)).toEqual({
      kind: 'timed-out',
      error,
    })
  })

  it.each([
    [null, true],
    [undefined, true],
    ['', true],
    [0, false],
    [false, false],
    [[], false],
  ])('takes %j for empty: %s', (value, expected) => {
    expect(isEmptyValue(value)).toBe(expected)
  })
})
