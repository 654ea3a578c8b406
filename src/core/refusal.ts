/** One thing that is wrong with one field of an input; `field` is a dotted path, `''` for the whole input. */
export type FieldProblem = { readonly field: string; readonly problem: string }

/**
 * The closed list of expected failures: caused by the caller or the world, never by a defect.
 * Each dialect decides in its `errors.ts` what a kind looks like on its wire.
 */
export type Refusal =
  | { readonly kind: 'invalid-input'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'not-authenticated'; readonly reason?: string }
  | { readonly kind: 'not-permitted'; readonly permission: string }
  | { readonly kind: 'not-found'; readonly what: string; readonly id: string | number }
  | {
      readonly kind: 'conflict'
      readonly reason: string
      readonly field?: string
      /** what is stored now, where the caller's version of it is outdated */
      readonly current?: Readonly<Record<string, unknown>>
    }
  | {
      readonly kind: 'quota-exceeded'
      readonly resource: string
      readonly quota: number
      readonly used: number
    }
  | { readonly kind: 'too-many-attempts'; readonly retryAfterS: number }
  | { readonly kind: 'upstream-failed'; readonly source: string; readonly reason: string }

/** Thrown for every {@link Refusal}; whatever else is thrown is a defect. */
export class RefusedError extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(describeRefusal(refusal))
    this.name = 'RefusedError'
    this.refusal = refusal
  }
}

/** One sentence for people, in English, without secrets. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'invalid-input':
      return refusal.problems
        .map(({ field, problem }) => (field ? `${field}: ${problem}` : problem))
        .join(' ')
    case 'not-authenticated':
      return refusal.reason ?? 'Sign in first.'
    case 'not-permitted':
      return `This needs the permission ${refusal.permission}.`
    case 'not-found':
      return `There is no ${refusal.what} ${refusal.id}.`
    case 'conflict':
      return refusal.reason
    case 'quota-exceeded':
      return `The quota of ${refusal.quota} ${refusal.resource} is used up (${refusal.used} used).`
    case 'too-many-attempts':
      return `Too many attempts. Try again in ${refusal.retryAfterS} seconds.`
    case 'upstream-failed':
      return `${refusal.source}: ${refusal.reason}`
  }
}

/** Shorthand for a refusal about one field. */
export function invalidInput(field: string, problem: string): RefusedError {
  return new RefusedError({ kind: 'invalid-input', problems: [{ field, problem }] })
}
