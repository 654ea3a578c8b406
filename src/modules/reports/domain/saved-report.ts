import type { FilterValues } from './report-filter.ts'

export type ReportNote = { readonly heading: string; readonly text: string }

/** When and to whom a saved report is sent. */
export type ReportSchedule = {
  /** lines of RFC 5545 */
  readonly recurrence: string
  /** minutes after midnight on the clocks of the site, in steps of 15 */
  readonly minuteOfDay: number
  readonly groupIds: readonly number[]
  readonly userIds: readonly number[]
  readonly addresses: readonly string[]
  /** also when there is nothing to report */
  readonly sendEmpty: boolean
}

/** Who sees a saved report besides its owner. */
export type ReportVisibility = 'owner' | 'groups' | 'everybody'

/** A report with its filters under a title. */
export type SavedReport = {
  readonly id: number
  readonly version: number
  readonly ownerId: number
  readonly title: string
  readonly kind: string
  readonly format: 'pdf' | 'xlsx' | 'csv'
  readonly filters: FilterValues
  readonly notes: readonly ReportNote[]
  /** a line to sign on at the end of the PDF */
  readonly signature: boolean
  readonly visibility: ReportVisibility
  /** the groups of `groups` */
  readonly visibleTo: readonly number[]
  readonly schedule: ReportSchedule | null
  readonly nextRunAt: Date | null
  readonly modifiedAt: Date
}
