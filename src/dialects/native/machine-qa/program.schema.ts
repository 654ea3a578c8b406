import type { WirePassFail } from './performing.schema.ts'
import type {
  WireDueCounts,
  WireDueStatus,
  WireNamed,
  WireOutcomes,
  WireUnitStateName,
} from './work.schema.ts'

/** What the pages of review, program, calendar and board exchange with the server. */

export type WireQueueItem = {
  readonly id: number
  readonly version: number
  readonly assignmentId: number
  readonly list: WireNamed
  readonly unit: WireNamed & { readonly number: number }
  readonly workCompleted: string
  readonly performedBy: string | null
  readonly flagged: boolean
  readonly counts: WireOutcomes & { readonly comments: number }
  readonly passed: boolean
  /** false for one's own session where one may not review those */
  readonly mayReview: boolean
}

/** `GET /api/v1/machine-qa/review-queue` */
export type WireReviewQueue = {
  readonly items: readonly WireQueueItem[]
  readonly total: number
  readonly limit: number
  readonly offset: number
  readonly waiting: number
  readonly passed: number
  readonly differences: number
}

export type WireProgramItem = {
  readonly assignmentId: number
  readonly name: string
  readonly dueStatus: WireDueStatus
  readonly dueAt: string | null
  readonly last: {
    readonly sessionId: number
    readonly at: string
    readonly allReviewed: boolean
    readonly outcomes: WireOutcomes
  } | null
}

/** `GET /api/v1/machine-qa/program` */
export type WireProgram = {
  readonly units: readonly (WireNamed & { readonly number: number; readonly site: WireNamed | null })[]
  /** null for work without a frequency */
  readonly frequencies: readonly (WireNamed | null)[]
  readonly cells: readonly {
    readonly unitId: number
    readonly frequencyId: number | null
    readonly items: readonly WireProgramItem[]
  }[]
  readonly counts: WireDueCounts
}

/** `GET /api/v1/machine-qa/program/months` */
export type WireProgramMonths = {
  /** first days */
  readonly months: readonly string[]
  readonly rows: readonly {
    readonly assignmentId: number
    readonly name: string
    readonly unit: WireNamed & { readonly number: number }
    readonly frequency: WireNamed | null
    readonly dueStatus: WireDueStatus
    readonly cells: readonly {
      readonly done: number
      readonly unreviewed: number
      readonly expected: number | null
    }[]
  }[]
  readonly total: number
  readonly limit: number
  readonly offset: number
}

/** `GET /api/v1/machine-qa/program/calendar` */
export type WireProgramCalendar = {
  readonly month: string
  readonly today: string
  readonly days: readonly {
    readonly day: string
    readonly done: number
    readonly unreviewed: number
    readonly due: number
    readonly overdue: number
    readonly planned: number
  }[]
}

export type WireDayItem = WireProgramItem & { readonly unit: WireNamed; readonly frequency: WireNamed | null }

/** `GET /api/v1/machine-qa/program/day` */
export type WireProgramDay = {
  readonly day: string
  readonly done: readonly {
    readonly id: number
    readonly name: string
    readonly unit: string
    readonly at: string
    readonly by: string | null
    readonly allReviewed: boolean
    readonly outcomes: WireOutcomes
  }[]
  readonly due: readonly WireDayItem[]
  readonly planned: readonly WireDayItem[]
}

/** `GET /api/v1/machine-qa/board` */
export type WireBoard = {
  /** when this was so */
  readonly at: string
  /** the worst first */
  readonly units: readonly (WireNamed & {
    readonly number: number
    readonly site: WireNamed | null
    readonly state: WireUnitStateName
    readonly reasons: readonly { readonly state: WireUnitStateName; readonly text: string }[]
    readonly due: WireDueCounts
  })[]
}

type Compared = {
  readonly reference: { readonly value: number; readonly display: string } | null
  readonly tolerance: WireNamed | null
}

/** `POST /api/v1/machine-qa/references/preview` */
export type WireReferencePreview = {
  readonly test: string
  readonly unit: string
  readonly before: Compared
  readonly after: Compared
  /** results judged anew */
  readonly total: number
  readonly complete: boolean
  readonly counts: readonly {
    readonly before: WirePassFail
    readonly after: WirePassFail
    readonly count: number
  }[]
  readonly changed: readonly {
    readonly sessionId: number
    readonly at: string
    readonly value: string
    readonly before: WirePassFail
    readonly after: WirePassFail
  }[]
  readonly changedTotal: number
}

/** `POST /api/v1/machine-qa/references/copy/preview` */
export type WireReferenceCopyPreview = {
  readonly changes: readonly {
    readonly test: string
    readonly before: Compared
    readonly after: Compared
    readonly isChange: boolean
  }[]
  readonly missing: readonly string[]
}

/** `POST /api/v1/machine-qa/assignments/copy/preview` */
export type WireAssignmentCopyPreview = {
  readonly made: readonly { readonly unitId: number; readonly name: string }[]
  readonly existing: readonly { readonly unitId: number; readonly name: string }[]
}
