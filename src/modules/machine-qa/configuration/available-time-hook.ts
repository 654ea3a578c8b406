import type { RecordHook } from '../../../context.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { findRecords } from '../../records/list-records.ts'
import { unit } from '../records/unit.ts'

/** A unit is not available before it was accepted. @param dayField the field that says from when, or when */
export function availableTimeHook(dayField: 'dateChanged' | 'date'): RecordHook {
  return {
    beforeSave: async (tx, values, before) => {
      const merged: Readonly<Record<string, unknown>> = { ...before, ...values }
      const [of] = await findRecords(tx, unit, [Number(merged.unit)])
      const accepted = String(of?.dateAcceptance)
      if (String(merged[dayField]) < accepted) {
        throw invalidInput(dayField, `The unit was not accepted before ${accepted}.`)
      }
      return { ...values }
    },
  }
}
