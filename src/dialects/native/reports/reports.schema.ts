/** The shapes of reports on the wire. */

export type WireReportFormat = 'pdf' | 'xlsx' | 'csv'

export type WireReportFilter = {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly required?: boolean
} & (
  | { readonly kind: 'period'; readonly direction: 'past' | 'future'; readonly default?: string }
  | { readonly kind: 'records'; readonly record: string; readonly most?: number }
  | {
      readonly kind: 'choice'
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      readonly default?: readonly string[]
    }
  | { readonly kind: 'flag'; readonly default?: boolean }
)

export type WireFilterValues = Readonly<
  Record<string, string | readonly number[] | readonly string[] | boolean>
>

export type WireReportKind = {
  readonly kind: string
  readonly title: string
  readonly description: string
  readonly filters: readonly WireReportFilter[]
  readonly formats: readonly WireReportFormat[]
}

export type WireStatus = {
  readonly token: 'ok' | 'warn' | 'act' | 'none' | 'todo' | 'late' | 'debt' | 'void' | 'unknown'
  readonly word: string
}

export type WireReportCell = string | number | boolean | null | { readonly status: WireStatus }

/** The first rows of a report. */
export type WirePreview = {
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly columns: readonly {
    readonly title: string
    readonly kind: 'text' | 'number' | 'day' | 'instant' | 'boolean'
    readonly decimals: number | null
    /** the others stand in sheets only; on paper the group of a row says what they say */
    readonly isOnPaper: boolean
  }[]
  readonly rows: readonly {
    readonly cells: readonly WireReportCell[]
    readonly group: string | null
    readonly note: string | null
  }[]
  readonly isCut: boolean
}

export type WireReportSchedule = {
  readonly recurrence: string
  readonly minuteOfDay: number
  readonly groupIds: readonly number[]
  readonly userIds: readonly number[]
  readonly addresses: readonly string[]
  readonly sendEmpty: boolean
}

/** What somebody decides about a saved report. */
export type WireReportChoice = {
  readonly title: string
  readonly kind: string
  readonly format: WireReportFormat
  readonly filters: WireFilterValues
  readonly notes: readonly { readonly heading: string; readonly text: string }[]
  readonly signature: boolean
  readonly visibility: 'owner' | 'groups' | 'everybody'
  readonly visibleTo: readonly number[]
  readonly schedule: WireReportSchedule | null
}

export type WireReport = WireReportChoice & {
  readonly id: number
  readonly version: number
  readonly ownerId: number
  readonly kindTitle: string
  readonly isOwn: boolean
  readonly nextRunAt: string | null
  readonly modifiedAt: string
}

export type WireRun = {
  readonly id: number
  readonly state: 'waiting' | 'running' | 'done' | 'empty' | 'failed'
  readonly problem: string | null
  readonly rowCount: number | null
  readonly recipients: number | null
  readonly format: string
  readonly scheduledFor: string | null
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly file: { readonly name: string; readonly sizeBytes: number; readonly href: string } | null
}
