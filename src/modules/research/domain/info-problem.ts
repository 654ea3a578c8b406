/** What may be wrong with a sample info document (specification 5.6). */
export type InfoProblemCode =
  | 'required'
  | 'null'
  | 'blank'
  | 'type'
  | 'unknown_field'
  | 'max_length'
  | 'min_length'
  | 'minimum'
  | 'maximum'
  | 'multiple'
  | 'max_items'
  | 'min_items'
  | 'repeated'
  | 'pattern'
  | 'format'
  | 'choice'
  | 'retired_term'
  | 'unit_unknown'
  | 'unit_dimension'
  | 'ref_missing'
  | 'ref_type'
  | 'rule'
  | 'limit'
  | 'sample_id'

/** Errors keep a sample from being final, warnings are shown. */
export type InfoProblemLevel = 'error' | 'warning' | 'info'

/** One thing that is wrong, as forms and answers show it. */
export type InfoProblem = {
  /** JSON pointer into the document */
  readonly path: string
  readonly code: InfoProblemCode
  readonly level: InfoProblemLevel
  readonly message: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly schemaPath?: string
  /** the field's identity across versions */
  readonly uid?: string
}

/** Whether a document fits its type, with everything that is wrong with it at once. */
export type InfoValidation = {
  readonly valid: boolean
  readonly errors: readonly InfoProblem[]
  readonly warnings: readonly InfoProblem[]
}
