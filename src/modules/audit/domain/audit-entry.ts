/** One entry as it is stored; `before` and `after` are JSON text so that the hash covers exactly what is kept. */
export type AuditEntry = {
  readonly sequence: number
  /** ISO-8601 UTC with milliseconds */
  readonly at: string
  readonly actorId: number | null
  readonly actorName: string
  readonly credential: string
  readonly address: string | null
  readonly requestId: string
  readonly action: string
  readonly record: string
  readonly recordId: string
  readonly before: string | null
  readonly after: string | null
  readonly reason: string | null
}

/** An entry that has its place in the chain. */
export type SealedEntry = AuditEntry & { readonly position: number; readonly hash: string }
