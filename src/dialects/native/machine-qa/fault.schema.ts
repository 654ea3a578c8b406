import type { WireAttachment } from './performing.schema.ts'
import type { WireRemark, WireRow } from './service.schema.ts'

/** `POST /api/v1/machine-qa/faults/report` */
export type WireFaultReport = {
  readonly unitId: number
  readonly modalityId?: number | null
  readonly codes: readonly string[]
  readonly occurred?: string
  readonly comment?: string
}

/** `GET /api/v1/machine-qa/faults/{id}/details` */
export type WireFault = {
  readonly fault: WireRow
  readonly reportedBy: string | null
  /** one for each review group, and one for reviews on nobody's behalf */
  readonly reviews: readonly {
    readonly group: string | null
    readonly required: boolean
    readonly at: string | null
    readonly by: string | null
  }[]
  readonly comments: readonly WireRemark[]
  readonly attachments: readonly WireAttachment[]
  readonly mayReview: boolean
}
