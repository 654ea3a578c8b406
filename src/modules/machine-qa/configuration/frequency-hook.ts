import type { RecordHook } from '../../../context.ts'
import type { Recurrence } from '../../../core/recurrence.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { deriveSlug } from '../../records/derive-slug.ts'
import { AD_HOC_SLUG, nominalIntervalDays } from '../domain/frequency.ts'
import { recomputeDueDates } from './due-dates.ts'

/**
 * Checks the recurrence and derives the mean interval that frequencies are sorted by. When the rule or its window
 * changes, what is due by it is due anew.
 */
export const frequencyHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const named = deriveSlug(values, before, 50)
    if (named.slug === AD_HOC_SLUG) {
      throw invalidInput('slug', `${AD_HOC_SLUG} stands for lists without a frequency.`)
    }
    if (typeof values.recurrences !== 'string') return named
    return {
      ...named,
      nominalInterval: nominalIntervalDays(recurrenceOf(values.recurrences, tx.zone), tx.zone),
    }
  },
  afterSave: async (tx, after, before) => {
    if (!after || !before) return
    if (after.recurrences === before.recurrences && after.windowStart === before.windowStart) return
    await recomputeDueDates(tx, { by: 'frequency', id: after.id }, 'before-session')
  },
}

function recurrenceOf(text: string, zone: string): Recurrence {
  const recurrence = readRecurrence(text, zone)
  if (recurrence.rules.length === 0 && recurrence.dates.length === 0) {
    throw invalidInput('recurrences', 'Give at least one rule or date.')
  }
  return recurrence
}

function readRecurrence(text: string, zone: string): Recurrence {
  try {
    return parseRecurrence(text, zone)
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    const problems = error.refusal.problems.map(({ problem }) => ({ field: 'recurrences', problem }))
    throw new RefusedError({ kind: 'invalid-input', problems })
  }
}
