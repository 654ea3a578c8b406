import { RefusedError } from '../../core/refusal.ts'

/** Refuses what one of the rules of `escalation.ts` says is lacking. */
export function requireNothingLacking(lacking: string | undefined): void {
  if (lacking !== undefined) throw new RefusedError({ kind: 'not-permitted', permission: lacking })
}

/** The ids of a to-many relation in a row or an input that was checked. */
export function idsOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'number') : []
}
