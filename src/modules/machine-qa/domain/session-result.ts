import type { HeldReference, HeldTolerance, QaTest } from './listed-test.ts'
import type { PassFail } from './pass-fail.ts'
import type { TestResultValue } from './test-result.ts'

/** What a result says; all of it may change when its session does. */
export type ResultState = {
  readonly result: TestResultValue
  /** the number as it was typed, where that is known */
  readonly valueText: string | null
  readonly skipped: boolean
  readonly comment: string
  readonly passFail: PassFail
  readonly statusId: number
  readonly reviewDate: Date | null
  readonly reviewedById: number | null
}

/** The result of one test within a session, with the reference and tolerance it is judged by. */
export type SessionResult = ResultState & {
  readonly id: number
  readonly version: number
  readonly order: number
  readonly test: QaTest
  readonly unitTestInfoId: number
  readonly reference: HeldReference | null
  readonly tolerance: HeldTolerance | null
}

export type NewResult = Omit<SessionResult, 'id' | 'version'>
