import type { RecordHook } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'

/** Work ends after it begins. Times of one form compare as text. */
export const workdayHook: RecordHook = {
  beforeSave: async (_tx, values, before) => {
    const { opens, closes } = { ...before, ...values }
    if (typeof opens === 'string' && typeof closes === 'string' && closes <= opens)
      throw invalidInput('closes', 'This must be later than the time at which work begins.')
    return values
  },
}
