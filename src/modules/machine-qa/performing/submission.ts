import { invalidInput } from '../../../core/refusal.ts'
import type { SubmittedEntry } from '../domain/submitted-entry.ts'
import type { JsonValue } from '../domain/test-result.ts'
import type { UploadEntry } from '../domain/uploaded-content.ts'
import type { ReceivedFile } from './received-file.ts'

/**
 * What somebody sends for one test. Members are absent when they were not sent; whether a value fits its test is for
 * the verb to say, so values arrive as they stood in the JSON. Uploads bring a file in `filename`, `value`, `encoding`.
 */
export type SubmittedTest = SubmittedEntry &
  UploadEntry & {
    /** the number as it was typed, where the caller knows it: trailing zeros matter */
    readonly valueText?: string
    /** of an upload: a temporary attachment that `analyseUpload` made, instead of name and content */
    readonly attachmentId?: number
  }

/** A file that goes with a session as a whole. */
export type SubmittedFile = { readonly filename: string; readonly content: Uint8Array }

/** A test list that was performed; references are ids, times instants. Members that are absent have their defaults. */
export type SessionSubmission = {
  readonly assignmentId: number
  /** day of the cycle, from 0; cycles need it */
  readonly day?: number
  readonly workStarted: Date
  /** now unless given */
  readonly workCompleted?: Date
  readonly inProgress?: boolean
  readonly includeForScheduling?: boolean
  /** unique over all sessions that are not voided; `''` counts as none */
  readonly userKey?: string | null
  readonly comment?: string | null
  /** the status of every result; without it the default status and automatic review */
  readonly statusId?: number
  /** the return-to-service QA that this is */
  readonly returnToServiceId?: number
  /** macro names of tests, and of variables that only calculations see */
  readonly tests: ReadonlyMap<string, SubmittedTest>
  readonly attachments?: readonly SubmittedFile[]
}

/** What is to change of a session; whatever is absent stays. */
export type SessionChanges = {
  readonly workStarted?: Date
  readonly workCompleted?: Date
  readonly inProgress?: boolean
  readonly includeForScheduling?: boolean
  readonly userKey?: string | null
  /** added to the comments there are */
  readonly comment?: string | null
  readonly statusId?: number
  readonly returnToServiceId?: number
  readonly tests?: ReadonlyMap<string, SubmittedTest>
  /** added to the attachments there are */
  readonly attachments?: readonly SubmittedFile[]
}

/**
 * How a session is entered.
 *
 * `script`: every test has an entry with a value or a skip, also while in progress; comments are never demanded.
 * `form`: a person at the performing page, with what that page demands and permits; see `form-rules.ts`.
 */
export type EntryManner = 'script' | 'form'

/** Nesting beyond this is refused before anything walks through a value. */
const DEEPEST_VALUE = 64

/** @throws RefusedError for values that no test has and that would only cost stack */
export function requireShallowValues(tests: ReadonlyMap<string, SubmittedTest>): void {
  for (const [macro, { value }] of tests) {
    if (value !== undefined && isDeeperThan(value, DEEPEST_VALUE)) {
      throw invalidInput('tests', `The value of ${macro} is nested too deeply.`)
    }
  }
}

function isDeeperThan(value: JsonValue, depth: number): boolean {
  if (value === null || typeof value !== 'object') return false
  return depth === 0 || Object.values(value).some((member: JsonValue) => isDeeperThan(member, depth - 1))
}

export function receivedFiles(files: readonly SubmittedFile[] = []): ReceivedFile[] {
  return files.map(({ filename, content }) => ({ name: filename, content }))
}
