/** The state of equipment as it was known when an experiment was recorded. */
export type KnownEquipmentState = {
  readonly equipmentId: number
  readonly name: string
  readonly state: string
  readonly reasons: readonly string[]
  /** when the state was asked for, and the day that it is about */
  readonly knownAt: string
  readonly on: string
}
