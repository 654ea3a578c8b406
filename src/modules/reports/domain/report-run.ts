/** Where a run of a saved report stands; `empty` had nothing to report and was not sent. */
export type RunState = 'waiting' | 'running' | 'done' | 'empty' | 'failed'

/** One run of a saved report, by its schedule or by hand. */
export type LoggedRun = {
  readonly id: number
  readonly reportId: number | null
  readonly kind: string
  readonly title: string
  readonly format: string
  /** when the schedule asked for it; null by hand */
  readonly scheduledFor: Date | null
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly byId: number | null
  readonly state: RunState
  readonly problem: string | null
  readonly rowCount: number | null
  readonly recipients: number | null
  readonly file: { readonly sha256: string; readonly name: string; readonly sizeBytes: number } | null
}
