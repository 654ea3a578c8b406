import type { TestType } from './test-type.ts'

/** What people see of a test besides what its results are judged by. */
export type TestPage = {
  readonly testId: number
  /** the name where the test has no other for display */
  readonly displayName: string
  /** HTML, as it was written; to be sanitised where it is shown */
  readonly description: string | null
  /** address of the instructions */
  readonly procedureAddress: string | null
  readonly category: { readonly id: number; readonly name: string }
  /** of multiple choice, in order */
  readonly choices: readonly string[]
  readonly displayImage: boolean
  readonly type: TestType
}

/** A person as results name them. */
export type PersonName = { readonly id: number; readonly username: string; readonly fullName: string }
