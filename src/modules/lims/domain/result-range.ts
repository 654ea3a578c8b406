/** The range of one service's result, as a specification or a request states it; numbers as they were typed. */
export type ResultRange = {
  readonly keyword: string
  readonly min?: string
  readonly max?: string
  /** percentage of the result by which it may miss the range and still be acceptable */
  readonly error?: string
  readonly hidemin?: string
  readonly hidemax?: string
  readonly rangecomment?: string
  readonly min_operator?: '>=' | '>'
  readonly max_operator?: '<=' | '<'
  readonly warn_min?: string
  readonly warn_max?: string
}
