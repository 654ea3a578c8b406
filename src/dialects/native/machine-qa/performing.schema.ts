/** What the performing and session pages exchange with the server: plain JSON, instants as ISO-8601 text. */

export type WireTolerance = {
  readonly name: string
  readonly kind: 'absolute' | 'percent' | 'multchoice' | 'boolean'
  readonly actLow: number | null
  readonly tolLow: number | null
  readonly tolHigh: number | null
  readonly actHigh: number | null
  readonly passChoices: readonly string[]
  readonly tolChoices: readonly string[]
  readonly warningOnly: boolean
}

export type WirePoint = {
  readonly sessionId: number
  readonly at: string
  readonly value: number | null
  readonly text: string
  readonly passFail: WirePassFail
  readonly skipped: boolean
  readonly comment: string
}

export type WirePassFail = 'not_done' | 'ok' | 'tolerance' | 'action' | 'no_tol'

export type WireTestType =
  | 'boolean'
  | 'simple'
  | 'wraparound'
  | 'multchoice'
  | 'constant'
  | 'composite'
  | 'date'
  | 'datetime'
  | 'string'
  | 'scomposite'
  | 'upload'

export type WireAttachment = {
  readonly id: number
  readonly label: string
  readonly mediaType: string
  readonly sizeBytes: number
  /** where its content is fetched */
  readonly href: string
}

/** A value as it is typed, stored or calculated: a number, a yes or no, text, a day, an instant, or a structure. */
export type WireValue =
  | null
  | boolean
  | number
  | string
  | readonly unknown[]
  | { readonly [key: string]: unknown }

export type WireTest = {
  readonly testId: number
  readonly unitTestInfoId: number
  readonly macro: string
  readonly name: string
  readonly type: WireTestType
  readonly category: { readonly id: number; readonly name: string }
  /** sanitised HTML */
  readonly description: string
  readonly procedureAddress: string | null
  readonly choices: readonly string[]
  readonly formatting: string
  readonly wrapLow: number | null
  readonly wrapHigh: number | null
  readonly constantValue: number | null
  readonly isCalculated: boolean
  readonly hidden: boolean
  readonly skipWithoutComment: boolean
  readonly requireComment: boolean
  readonly displayImage: boolean
  readonly sublist: { readonly id: number; readonly outline: boolean } | null
  readonly reference: {
    readonly value: number
    readonly kind: 'numerical' | 'boolean'
    readonly display: string
  } | null
  readonly tolerance: WireTolerance | null
  readonly attachments: readonly WireAttachment[]
  /** newest first */
  readonly history: readonly WirePoint[]
}

export type WireFormTest = WireTest & {
  /** what stands in the session that is continued or edited */
  readonly before: {
    readonly value: WireValue
    readonly skipped: boolean
    readonly comment: string
    readonly attachments: readonly WireAttachment[]
  } | null
}

export type WireStatus = {
  readonly id: number
  readonly name: string
  readonly colour: string
  readonly isDefault: boolean
  readonly requiresReview: boolean
  readonly valid: boolean
}

export type WireAssignment = {
  readonly id: number
  readonly name: string
  readonly unit: { readonly id: number; readonly number: number; readonly name: string }
  readonly frequency: string | null
  readonly dueAt: string | null
}

export type WirePerformingForm = {
  readonly assignment: WireAssignment
  readonly list: {
    readonly id: number
    readonly name: string
    readonly description: string
    readonly warningMessage: string
  }
  readonly day: number
  readonly days: readonly { readonly day: number; readonly label: string; readonly testListId: number }[]
  readonly dayChooserLabel: string
  readonly sublists: readonly { readonly id: number; readonly name: string; readonly description: string }[]
  readonly tests: readonly WireFormTest[]
  readonly attachments: readonly WireAttachment[]
  /** initial values by macro */
  readonly defaults: Readonly<Record<string, WireValue>>
  readonly inProgress: readonly {
    readonly id: number
    readonly startedAt: string
    readonly by: string | null
    readonly day: number
  }[]
  readonly draft: WireDraft | null
  readonly statuses: readonly WireStatus[]
  readonly rights: {
    readonly skipWithoutComment: boolean
    readonly overrideDate: boolean
    readonly saveInProgress: boolean
    readonly performSubset: boolean
    readonly chooseStatus: boolean
    readonly viewReferences: boolean
    readonly viewHistory: boolean
  }
  /** the session that is continued or edited */
  readonly session: {
    readonly id: number
    readonly workStarted: string
    readonly workCompleted: string
    readonly inProgress: boolean
  } | null
  readonly comments: readonly WireComment[]
}

export type WireComment = { readonly at: string; readonly by: string | null; readonly text: string }

export type WireDraft = {
  readonly savedAt: string
  readonly workStarted: string | null
  readonly workCompleted: string | null
  readonly tests: Readonly<Record<string, WireValue>>
  readonly comments: Readonly<Record<string, string>>
  readonly skips: Readonly<Record<string, boolean>>
  readonly sessionComment: string
}

/** `POST /api/v1/machine-qa/evaluate` and its answer. */
export type WireEvaluation = {
  readonly assignmentId: number
  readonly testListId: number
  readonly unitId: number
  readonly day: number
  readonly sessionId?: number
  readonly workStarted?: string
  readonly workCompleted?: string
  readonly values: Readonly<Record<string, WireValue>>
  readonly comments: Readonly<Record<string, string>>
  readonly skips: Readonly<Record<string, boolean>>
}

export type WireEvaluated = {
  readonly results: Readonly<
    Record<
      string,
      {
        readonly value: WireValue
        readonly formatted: string
        readonly error: string | null
        readonly comment: string | null
      }
    >
  >
  readonly skips: Readonly<Record<string, boolean>>
}

/** One test of a submitted session. */
export type WireEntry = {
  readonly value?: WireValue
  /** the number as it was typed */
  readonly text?: string
  readonly skipped?: boolean
  readonly comment?: string
  /** of an upload: what `POST …/uploads` answered */
  readonly attachmentId?: number
}

/** `POST /api/v1/machine-qa/sessions`; `PATCH …/sessions/{id}` takes the same without assignment and day. */
export type WireSubmission = {
  readonly assignmentId: number
  readonly day?: number
  readonly workStarted: string
  readonly workCompleted?: string
  readonly inProgress?: boolean
  readonly includeForScheduling?: boolean
  readonly comment?: string
  readonly statusId?: number
  /** the return-to-service QA that this is */
  readonly returnToServiceId?: number
  readonly tests: Readonly<Record<string, WireEntry>>
}

export type WireUpload = {
  readonly attachment: WireAttachment
  readonly errors: readonly string[]
  readonly result: WireValue
  readonly comment: string | null
  readonly written: readonly WireAttachment[]
  readonly skips: Readonly<Record<string, boolean>>
}

export type WireResult = WireTest & {
  readonly resultId: number
  readonly value: WireValue
  readonly valueDisplay: string
  readonly diffDisplay: string
  readonly passFail: WirePassFail
  readonly skipped: boolean
  readonly comment: string
  readonly statusId: number
  readonly reviewedAt: string | null
  readonly reviewedBy: string | null
  readonly files: readonly WireAttachment[]
}

export type WireSessionDetails = {
  readonly id: number
  readonly version: number
  readonly assignment: WireAssignment
  readonly list: {
    readonly id: number
    readonly name: string
    readonly description: string
    readonly warningMessage: string
  } | null
  readonly sublists: readonly { readonly id: number; readonly name: string; readonly description: string }[]
  readonly day: number
  readonly workStarted: string
  readonly workCompleted: string
  readonly dueAt: string | null
  readonly inProgress: boolean
  readonly flagged: boolean
  readonly includeForScheduling: boolean
  readonly userKey: string | null
  readonly performedBy: string | null
  readonly modifiedAt: string
  readonly modifiedBy: string | null
  readonly reviewedAt: string | null
  readonly reviewedBy: string | null
  readonly allReviewed: boolean
  readonly voided: { readonly at: string; readonly by: string | null; readonly reason: string } | null
  readonly results: readonly WireResult[]
  readonly comments: readonly WireComment[]
  readonly attachments: readonly WireAttachment[]
  readonly statuses: readonly WireStatus[]
  readonly previous: { readonly id: number; readonly at: string } | null
  readonly next: { readonly id: number; readonly at: string } | null
  readonly rights: { readonly change: boolean; readonly void: boolean; readonly review: boolean }
}

/** Limits of a numeric tolerance; other kinds carry none. */
export type WirePointTolerance = {
  readonly kind: 'absolute' | 'percent' | 'multchoice' | 'boolean'
  readonly actLow?: number | null
  readonly tolLow?: number | null
  readonly tolHigh?: number | null
  readonly actHigh?: number | null
}

export type WireHistoryPoint = WirePoint & {
  readonly reference: number | null
  readonly tolerance: WirePointTolerance | null
}

/** `GET /api/v1/machine-qa/test-history` */
export type WireTestHistory = {
  readonly subject: { readonly test: string; readonly unit: string }
  /** newest first */
  readonly points: readonly WireHistoryPoint[]
  /** whether there are no older ones */
  readonly complete: boolean
}
