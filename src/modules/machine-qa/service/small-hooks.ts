import type { RecordHook } from '../../../context.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import { findDefault, makeOnlyDefault } from '../store/defaults.ts'
import { hasEvents } from '../store/service-areas.ts'

/** Keeps exactly one status the default; in the default one work goes on unless said otherwise. */
export const serviceEventStatusHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    if (before?.isDefault === true && values.isDefault === false)
      throw invalidInput('isDefault', 'Make another status the default instead.')
    const isFirst = (await findDefault(tx.db, 'qa_service_event_status')) === null
    const isDefault = isFirst || (values.isDefault ?? before?.isDefault) === true
    const meaning = values.meaning ?? before?.meaning ?? (isDefault ? 'open' : 'done')
    return { ...values, ...(isFirst ? { isDefault: true } : {}), meaning }
  },
  afterSave: async (tx, after, before) => {
    if (before?.isDefault === true && (!after || after.retiredAt !== null))
      throw new RefusedError({ kind: 'conflict', reason: 'Make another status the default first.' })
    if (after?.isDefault === true) await makeOnlyDefault(tx.db, 'qa_service_event_status', after.id)
  },
}

/** The area of a unit stays what it is once events are about it. */
export const unitServiceAreaHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    const moves = (field: 'unit' | 'serviceArea') =>
      values[field] !== undefined && values[field] !== before?.[field]
    if (before && (moves('unit') || moves('serviceArea')) && (await hasEvents(tx.db, before.id)))
      throw invalidInput('unit', 'Service events are about this area of this unit.')
    return { ...values }
  },
}

/** Somebody worked: a user or a third party. */
export const hoursHook: RecordHook = {
  beforeSave: async (_tx, values, before) => {
    const merged: Readonly<Record<string, unknown>> = { ...before, ...values }
    if ((merged.user ?? null) === null && (merged.thirdParty ?? null) === null)
      throw invalidInput('user', 'Name a user or a third party.')
    if ((merged.user ?? null) !== null && (merged.thirdParty ?? null) !== null)
      throw invalidInput('user', 'Name a user or a third party, not both.')
    return { ...values }
  },
}

/** A role is given now unless somebody says when. */
export const groupLinkerInstanceHook: RecordHook = {
  beforeSave: async (tx, values, before) => ({
    ...values,
    datetimeLinked: values.datetimeLinked ?? before?.datetimeLinked ?? tx.now(),
  }),
}
