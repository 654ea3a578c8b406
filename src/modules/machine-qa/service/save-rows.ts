import type { Context } from '../../../context.ts'
import type { RecordType } from '../../../core/record.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { removeRecord } from '../../records/retire-record.ts'
import { changeRecord, createRecord } from '../../records/save-record.ts'

/** A row as a form sends it: one with an id is there already. */
export type WantedRow = { readonly id?: number } & Readonly<Record<string, unknown>>

/**
 * Makes the rows that belong to another what a form says: what it leaves out is removed, what is new is added.
 *
 * @param name under which the form knows the rows; problems are reported as `name.0.field`
 */
export async function saveRows(
  tx: Context,
  record: RecordType,
  existing: readonly AnyRow[],
  wanted: readonly WantedRow[],
  { name, shared }: { readonly name: string; readonly shared: Readonly<Record<string, unknown>> },
): Promise<void> {
  const kept = new Set(wanted.flatMap(({ id }) => (id === undefined ? [] : [id])))
  for (const row of existing) if (!kept.has(row.id)) await removeRecord(tx, record, row.id)
  for (const [index, { id, ...values }] of wanted.entries()) {
    const before = existing.find((row) => row.id === id)
    if (id !== undefined && !before) throw invalidInput(`${name}.${index}`, 'This is not there any more.')
    await naming(`${name}.${index}`, async () => {
      if (!before) return createRecord(tx, record, { ...values, ...shared })
      const changed = Object.entries(values).filter(([field, value]) => value !== before[field])
      return changed.length === 0
        ? undefined
        : changeRecord(tx, record, before.id, before.version, Object.fromEntries(changed))
    })
  }
}

/** Problems of one row are told apart from those of the others. */
async function naming(place: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    const problems = error.refusal.problems.map(({ field, problem }) => ({
      field: field === '' ? place : `${place}.${field}`,
      problem,
    }))
    throw new RefusedError({ kind: 'invalid-input', problems })
  }
}
