import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { RefusedError } from '../../core/refusal.ts'
import { constraintViolation } from '../../platform/database/constraint-violation.ts'
import { type AnyRow, encodeRow } from '../../platform/records/row-codec.ts'
import { loadRecord } from '../records/get-record.ts'
import { changedMeanwhile, stampsFor } from '../records/save-record.ts'
import { insertRow, updateRow } from './store/rows.ts'

type Values = Readonly<Record<string, unknown>>

/** Inserts a row of a record whose verbs are this module's. @returns its id */
export async function addOwnRow(tx: Context, record: RecordType, values: Values): Promise<number> {
  return refusingTaken(record, () =>
    insertRow(tx.db, record.table, {
      ...encodeRow(record, values),
      ...stampsFor(tx, record, 'new'),
      version: 1,
    }),
  )
}

/** @throws RefusedError `conflict` if it was changed since it was read */
export async function changeOwnRow(
  tx: Context,
  record: RecordType,
  before: { readonly id: number; readonly version: number },
  values: Values,
): Promise<AnyRow> {
  const changed = await refusingTaken(record, () =>
    updateRow(tx.db, record.table, before, {
      ...encodeRow(record, values),
      ...stampsFor(tx, record, 'change'),
    }),
  )
  const after = await loadRecord(tx, record, before.id)
  if (!changed) throw changedMeanwhile(record, after)
  return after
}

/** Two at the same time may ask for the same id: one gets it. */
async function refusingTaken<T>(record: RecordType, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (constraintViolation(error)?.kind !== 'unique') throw error
    throw new RefusedError({
      kind: 'conflict',
      field: record.titleField,
      reason: `${record.label.one} with this id already exists.`,
    })
  }
}
