import type { JsonValue } from './test-result.ts'

/** What somebody has typed into the performing page, saved while typing (specification 3.1, AutoSave). */
export type DraftData = {
  /** values by macro */
  readonly tests: { readonly [macro: string]: JsonValue }
  readonly comments: { readonly [macro: string]: string }
  readonly skips: { readonly [macro: string]: boolean }
  readonly sessionComment: string
}

/** The place a draft belongs to: each person has one draft for each. */
export type DraftPlace = {
  readonly assignmentId: number
  readonly testListId: number
  /** day of the cycle, from 0 */
  readonly day: number
  /** the session that is being changed; null for a new one */
  readonly sessionId: number | null
}

export type Draft = DraftPlace & {
  readonly id: number
  readonly userId: number
  readonly workStarted: Date | null
  readonly workCompleted: Date | null
  readonly data: DraftData
  readonly createdAt: Date
  readonly savedAt: Date
}
