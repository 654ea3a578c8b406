/** One legal move of something that has states. What is listed nowhere cannot happen, in any dialect. */
export type Move<S extends string> = {
  readonly id: string
  readonly title: string
  readonly from: readonly S[]
  /** `same`: the state stays */
  readonly to: S | 'same'
  /** any one of these suffices; none for moves that only follow from others */
  readonly permissions: readonly string[]
}

/** A kind of thing with its states and every move between them. */
export type Machine<S extends string> = {
  readonly states: Readonly<Record<S, string>>
  readonly moves: readonly Move<S>[]
}

/** The move of that name out of a state, also by another name that an API gives it. */
export function findMove<S extends string>(machine: Machine<S>, id: string, state: S): Move<S> | undefined {
  return machine.moves.find((move) => move.id === id && move.from.includes(state))
}

/** Whether a machine lists a way from one state to another. */
export function hasEdge<S extends string>(machine: Machine<S>, from: S, to: S): boolean {
  return from === to || machine.moves.some((move) => move.to === to && move.from.includes(from))
}
