/** An assignment as performing needs it. */
export type AssignmentFacts = {
  readonly id: number
  readonly name: string
  readonly unit: {
    readonly id: number
    readonly number: number
    readonly name: string
    readonly active: boolean
  }
  readonly tests:
    | { readonly kind: 'list'; readonly testListId: number }
    | { readonly kind: 'cycle'; readonly cycleId: number }
  readonly frequency: {
    readonly id: number
    readonly name: string
    /** RFC 5545 lines */
    readonly recurrences: string
    readonly windowStartDays: number | null
    readonly windowEndDays: number
  } | null
  readonly dueDate: Date | null
  readonly autoSchedule: boolean
  /** neither switched off nor retired */
  readonly active: boolean
  readonly lastSessionId: number | null
}

/** The list that is performed on one day of a cycle; a plain list is performed on day 0. */
export type ListOfDay = { readonly day: number; readonly testListId: number; readonly name: string }
