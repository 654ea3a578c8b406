import type { RecordHook } from '../../../context.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { deriveSlug } from '../../records/derive-slug.ts'
import { nominalIntervalDays } from '../domain/frequency.ts'

/** Checks the recurrence and derives the mean interval that frequencies are sorted by. */
export const frequencyHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const named = deriveSlug(values, before, 50)
    if (typeof values.recurrences !== 'string') return named
    return {
      ...named,
      nominalInterval: nominalIntervalDays(recurrenceOf(values.recurrences, tx.zone), tx.zone),
    }
  },
}

function recurrenceOf(text: string, zone: string) {
  try {
    return parseRecurrence(text, zone)
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    const problems = error.refusal.problems.map(({ problem }) => ({ field: 'recurrences', problem }))
    throw new RefusedError({ kind: 'invalid-input', problems })
  }
}
