import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import { WireError } from '../../../platform/http/wire-error.ts'
import type { ParseField } from './field-values.ts'
import type { Body } from './parse-body.ts'
import { pythonType } from './python-words.ts'

/** What an absent field and a null mean; a part of an object may leave out anything. */
export type Presence = {
  readonly absent: 'refused' | 'allowed'
  readonly null: 'refused' | 'allowed'
}

export const REQUIRED = { absent: 'refused', null: 'refused' } as const satisfies Presence
export const OPTIONAL = { absent: 'allowed', null: 'refused' } as const satisfies Presence
export const NULLABLE = { absent: 'allowed', null: 'allowed' } as const satisfies Presence

/**
 * Reads the fields of a body one by one and gathers what is wrong with them, in the order of reading.
 */
export type FieldReader = {
  /** the value; undefined when it is absent or wrong */
  read<T>(
    name: string,
    presence: Presence & { readonly null: 'refused' },
    parse: ParseField<T>,
  ): T | undefined
  read<T>(name: string, presence: Presence, parse: ParseField<T>): T | null | undefined
  readonly problems: FieldProblem[]
}

/**
 * @param scope `part` lets every field be absent, as a PATCH may
 * @throws WireError 400 for a body that is no object
 */
export function fieldReader(body: Body, scope: 'whole' | 'part'): FieldReader {
  const given = objectOf(body)
  const problems: FieldProblem[] = []
  function read<T>(name: string, presence: Presence, parse: ParseField<T>): T | null | undefined {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    const refuse = (...texts: readonly string[]) => {
      problems.push(...texts.map((text) => ({ field: name, problem: text })))
      return undefined
    }
    if (value === undefined) {
      return scope === 'whole' && presence.absent === 'refused'
        ? refuse('This field is required.')
        : undefined
    }
    if (value === null) {
      return presence.null === 'allowed' ? null : refuse('This field may not be null.')
    }
    const parsed = parse(value, body.numberTexts.textOf(given, name))
    return 'value' in parsed ? parsed.value : refuse(...parsed.problems)
  }
  return { read: read as FieldReader['read'], problems }
}

/** @throws WireError 400 for a body that is no object */
export function objectOf({ value }: Body): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw new WireError(400, {
    non_field_errors: [`Invalid data. Expected a dictionary, but got ${pythonType(value)}.`],
  })
}

/** @throws RefusedError with every problem at once, if there is any */
export function refuseProblems(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
}
