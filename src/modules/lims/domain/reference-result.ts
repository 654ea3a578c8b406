/** What reference material is expected to give for one service; numbers as they were typed. */
export type ReferenceResult = {
  /** UID of the service */
  readonly uid: string
  readonly result: string
  readonly min: string
  readonly max: string
  readonly error: string
}
