import type { RecordHook } from '../../../context.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { checkTolerance, joinChoices, type ToleranceKind, toleranceName } from '../domain/tolerance.ts'

const FIELD_NAMES: Readonly<Record<string, string>> = {
  kind: 'type',
  passChoices: 'mcPassChoices',
  tolChoices: 'mcTolChoices',
}

/** Checks the limits against the type and derives the name. */
export const toleranceHook: RecordHook = {
  beforeSave: async (_tx, values, before) => {
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
    return { ...values, ...choices, name: toleranceName(tolerance) }
  },
}
