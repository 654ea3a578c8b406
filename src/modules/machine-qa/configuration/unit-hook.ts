import type { RecordHook } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { beginHoursOn, insertUsualHours, nextUnitNumber } from '../store/available-times.ts'

const WORKDAY_S = 8 * 3600

/** Numbers a new unit, and lets its available time begin on the day of its acceptance. */
export const unitHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    if (values.number === null || (values.number === undefined && !before)) {
      return { ...values, number: before?.number ?? (await nextUnitNumber(tx.db)) }
    }
    return { ...values }
  },
  afterSave: async (tx, after, before) => {
    if (!after || after.dateAcceptance === before?.dateAcceptance) return
    const accepted = String(after.dateAcceptance)
    if (before) await beginHoursOn(tx.db, after.id, accepted)
    else
      await insertUsualHours(tx.db, after.id, accepted, WORKDAY_S, {
        at: tx.now(),
        by: actingUserId(tx.actor),
      })
  },
}
