import type { RecordHook } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { checkTolerance, joinChoices, type ToleranceKind, toleranceName } from '../domain/tolerance.ts'
import { isToleranceUsed } from '../store/tolerance-use.ts'

const FIELD_NAMES: Readonly<Record<string, string>> = {
  kind: 'type',
  passChoices: 'mcPassChoices',
  tolChoices: 'mcTolChoices',
}

/**
 * Checks the limits against the type and derives the name. Limits that results were judged by stay as they are: what
 * was within them must not become a failure later.
 */
export const toleranceHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const merged = { ...before, ...values }
    const limit = (name: string) => (typeof merged[name] === 'number' ? merged[name] : null)
    const checked = checkTolerance({
      kind: merged.type as ToleranceKind,
      actLow: limit('actLow'),
      tolLow: limit('tolLow'),
      tolHigh: limit('tolHigh'),
      actHigh: limit('actHigh'),
      passChoices: String(merged.mcPassChoices ?? ''),
      tolChoices: String(merged.mcTolChoices ?? ''),
    })
    if ('problems' in checked) {
      const problems = checked.problems.map(({ field, problem }) => ({
        field: FIELD_NAMES[field] ?? field,
        problem,
      }))
      throw new RefusedError({ kind: 'invalid-input', problems })
    }
    const { tolerance } = checked
    const choices =
      tolerance.kind === 'multchoice'
        ? {
            mcPassChoices: joinChoices(tolerance.passChoices),
            mcTolChoices: joinChoices(tolerance.tolChoices),
          }
        : {}
    const changes = { ...values, ...choices, name: toleranceName(tolerance) }
    if (before && differsInLimits(before, changes) && (await isToleranceUsed(tx.db, before.id))) {
      throw new RefusedError({
        kind: 'conflict',
        reason: 'This tolerance is in use and cannot be changed; make a new one and set it for the tests.',
      })
    }
    return changes
  },
}

function differsInLimits(before: AnyRow, changes: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(changes).some(([field, value]) => before[field] !== value)
}
