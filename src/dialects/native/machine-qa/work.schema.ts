/** What the pages of work and of units exchange with the server: plain JSON, instants as ISO-8601 text. */

/** `no_tol` no due date, `ok` not due, `tolerance` due, `action` overdue */
export type WireDueStatus = 'no_tol' | 'ok' | 'tolerance' | 'action'

export type WireDueCounts = Readonly<Record<WireDueStatus, number>>

export type WireNamed = { readonly id: number; readonly name: string }

export type WireUnitStateName =
  | 'out-of-service'
  | 'failed'
  | 'overdue'
  | 'tolerance'
  | 'unreviewed'
  | 'unknown'
  | 'ok'

export type WireUnitCard = {
  readonly id: number
  readonly number: number
  readonly name: string
  readonly serialNumber: string | null
  readonly location: string | null
  readonly className: string | null
  readonly due: WireDueCounts
  readonly inProgress: number
  readonly state: WireUnitStateName
}

export type WireUnitGroup = {
  readonly site: WireNamed | null
  readonly type: WireNamed
  readonly units: readonly WireUnitCard[]
}

/** `GET /api/v1/machine-qa/units-overview` */
export type WireUnitsOverview = { readonly groups: readonly WireUnitGroup[] }

/** `GET /api/v1/machine-qa/units/{id}/state` */
export type WireUnitState = {
  readonly state: WireUnitStateName
  readonly reasons: readonly {
    readonly state: WireUnitStateName
    readonly text: string
    readonly assignmentId: number | null
    readonly sessionId: number | null
    readonly serviceEventId: number | null
  }[]
  /** oldest first */
  readonly days: readonly { readonly day: string; readonly state: WireUnitStateName }[]
}

export type WireOutcomes = {
  readonly ok: number
  readonly tolerance: number
  readonly action: number
  readonly noTolerance: number
  readonly notDone: number
}

export type WireWorkItem = {
  readonly assignmentId: number
  readonly name: string
  readonly unit: WireNamed & { readonly number: number }
  readonly site: WireNamed | null
  readonly frequency: WireNamed | null
  readonly assignedTo: WireNamed | null
  readonly dueAt: string | null
  readonly dueStatus: WireDueStatus
  /** days on which performing settles the due date */
  readonly window: { readonly from: string; readonly to: string } | null
  readonly next: { readonly day: number; readonly testList: WireNamed } | null
  /** of a cycle; null for a plain list */
  readonly days: number | null
  readonly last: {
    readonly sessionId: number
    readonly day: number
    readonly at: string
    readonly by: string | null
    readonly allReviewed: boolean
    readonly flagged: boolean
    readonly outcomes: WireOutcomes
  } | null
  readonly inProgress: { readonly count: number; readonly sessionId: number } | null
}

/** `GET /api/v1/machine-qa/work` */
export type WireWorkList = {
  readonly items: readonly WireWorkItem[]
  readonly total: number
  readonly limit: number
  readonly offset: number
  readonly counts: WireDueCounts
}
