/** A test list performed on a unit, as stored. */
export type Session = {
  readonly id: number
  readonly version: number
  readonly assignmentId: number
  readonly testListId: number
  /** day of the cycle, from 0; 0 for a plain list */
  readonly day: number
  readonly workStarted: Date
  readonly workCompleted: Date
  /** when the assignment was due before this session */
  readonly dueDate: Date | null
  readonly inProgress: boolean
  readonly flagged: boolean
  readonly userKey: string | null
  readonly includeForScheduling: boolean
  readonly reviewed: Date | null
  readonly reviewedById: number | null
  readonly allReviewed: boolean
  readonly voidedAt: Date | null
  readonly voidedById: number | null
  readonly voidReason: string | null
  readonly createdAt: Date
  readonly createdById: number | null
  readonly modifiedAt: Date
  readonly modifiedById: number | null
}

export type NewSession = Omit<Session, 'id' | 'version' | 'voidedAt' | 'voidedById' | 'voidReason'>
