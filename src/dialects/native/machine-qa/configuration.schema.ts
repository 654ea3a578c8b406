/** What the pages that set up machine QA exchange with the server beyond records. */

export type WireCompared = {
  readonly reference: { readonly value: number; readonly kind: 'numerical' | 'boolean' } | null
  readonly tolerance: { readonly id: number; readonly name: string } | null
}

/** `GET /api/v1/machine-qa/unit-test-infos/{id}/references` */
export type WireReferenceHistory = {
  readonly unitTestInfoId: number
  readonly present: WireCompared
  /** newest first */
  readonly changes: readonly {
    readonly at: string
    readonly by: string | null
    readonly comment: string
    readonly before: WireCompared
    readonly after: WireCompared
  }[]
}

/** `POST /api/v1/machine-qa/references/set`; what is left out of a setting stays, null takes it away */
export type WireReferenceSettings = {
  readonly comment: string
  readonly settings: readonly {
    readonly unitTestInfoId: number
    readonly value?: number | null
    readonly toleranceId?: number | null
  }[]
}

/** `POST /api/v1/machine-qa/references/copy` */
export type WireReferenceCopy = {
  readonly fromUnitId: number
  readonly toUnitId: number
  readonly testIds?: readonly number[]
  readonly comment: string
}

export type WireCopiedReferences = { readonly changed: number; readonly missing: readonly string[] }

/** `POST /api/v1/machine-qa/assignments/copy` */
export type WireAssignmentCopy = {
  readonly assignmentIds: readonly number[]
  readonly unitIds: readonly number[]
}

export type WireCopiedAssignments = { readonly made: number; readonly existing: number }

/** `POST /api/v1/machine-qa/test-lists/{id}/arrangement` */
export type WireArrangement = {
  readonly version: number
  readonly tests: readonly number[]
  readonly sublists: readonly {
    readonly id: number
    readonly outline: boolean
    /** how many own tests come before it */
    readonly after: number
  }[]
  readonly reason?: string
}
