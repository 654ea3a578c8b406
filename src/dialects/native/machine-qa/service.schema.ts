import type { WireAttachment } from './performing.schema.ts'
import type { WireNamed } from './work.schema.ts'

/** A row of a declared record, as lists of records show it. */
export type WireRow = { readonly id: number; readonly version: number; readonly [field: string]: unknown }

export type WireRemark = {
  readonly id: number
  readonly at: string
  readonly by: string | null
  readonly text: string
}

/** Return-to-service QA: `todo` not performed, `progress` begun, `unreviewed`, or `done` */
export type WireReturn = {
  readonly id: number
  readonly assignmentId: number
  readonly name: string
  readonly assignedAt: string | null
  readonly assignedBy: string | null
  readonly state: 'todo' | 'progress' | 'unreviewed' | 'done'
  readonly sessionId: number | null
  readonly completedAt: string | null
}

/** `GET /api/v1/machine-qa/service/events/{id}/details` */
export type WireServiceEvent = {
  readonly event: WireRow
  readonly hours: readonly WireRow[]
  readonly partsUsed: readonly WireRow[]
  readonly linkers: readonly WireRow[]
  readonly returns: readonly WireReturn[]
  readonly related: readonly WireRow[]
  readonly faults: readonly WireRow[]
  readonly comments: readonly WireRemark[]
  readonly attachments: readonly WireAttachment[]
  readonly log: readonly {
    readonly id: number
    readonly kind: string
    readonly at: string
    readonly by: string | null
    readonly detail: Readonly<Record<string, unknown>>
  }[]
  readonly rights: {
    readonly change: boolean
    readonly delete: boolean
    readonly review: boolean
    readonly perform: boolean
  }
}

/** `GET /api/v1/machine-qa/service/choices` */
export type WireServiceChoices = {
  readonly areas: readonly WireNamed[]
  readonly types: readonly (WireNamed & { readonly isReviewRequired: boolean })[]
  readonly statuses: readonly (WireNamed & {
    readonly colour: string
    readonly isDefault: boolean
    readonly isReviewRequired: boolean
    readonly rtsQaMustBeReviewed: boolean
    readonly meaning: string
  })[]
  readonly templates: readonly (WireNamed & {
    readonly serviceTypeId: number | null
    readonly serviceAreaId: number | null
    readonly problemDescription: string | null
    readonly workDescription: string | null
    readonly isReviewRequired: boolean
  })[]
  readonly thirdParties: readonly WireNamed[]
  readonly linkers: readonly (WireNamed & {
    readonly multiple: boolean
    readonly required: boolean
    readonly helpText: string | null
  })[]
  readonly people: readonly WireNamed[]
  readonly assignments: readonly WireNamed[]
}

/** A row of a form: one with an id is there already. */
export type WireFormRow = { readonly id?: number; readonly [field: string]: unknown }

/** `POST /api/v1/machine-qa/service/events`, and `PATCH …/{id}` with `version` */
export type WireServiceForm = {
  readonly version?: number
  readonly event: Readonly<Record<string, unknown>>
  readonly hours?: readonly WireFormRow[]
  readonly partsUsed?: readonly WireFormRow[]
  readonly returns?: readonly WireFormRow[]
  readonly linkers?: readonly WireFormRow[]
  readonly faults?: readonly number[]
  readonly comment?: string
}

/** `GET /api/v1/machine-qa/service/counts` */
export type WireServiceCounts = {
  readonly openEvents: number
  readonly toReview: number
  readonly returnsIncomplete: number
  readonly returnsUnreviewed: number
  readonly unreviewedFaults: number
  readonly lowParts: number
}

export type WireAvailability = {
  readonly potentialS: number
  readonly serviceS: number
  readonly lostS: number
  readonly uptime: number | null
  readonly events: number
}

/** `GET /api/v1/machine-qa/service/availability` */
export type WireUnitAvailability = {
  readonly items: readonly {
    readonly unit: WireNamed & { readonly number: number }
    readonly months: readonly (WireAvailability & { readonly month: string })[]
    readonly total: WireAvailability
  }[]
}

/** `GET /api/v1/machine-qa/parts/{id}/details` */
export type WirePart = {
  readonly part: WireRow
  readonly places: readonly WireRow[]
  readonly suppliers: readonly WireRow[]
  readonly movements: readonly WireRow[]
  readonly uses: readonly WireRow[]
  readonly attachments: readonly WireAttachment[]
}

/** `GET /api/v1/machine-qa/units/{id}/file` */
export type WireUnitFile = {
  readonly contacts: readonly WireRow[]
  readonly documents: readonly WireAttachment[]
}
