import type { Context } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import { type AnyRow, encodeRow } from '../../platform/records/row-codec.ts'
import { relationsOf, saveReferences } from '../records/attach-references.ts'
import { changedMeanwhile } from '../records/save-record.ts'
import { objectTypeOf } from './domain/object-types.ts'
import { insertRows, updateRows } from './store/living-rows.ts'
import { insertObjects } from './store/objects.ts'

type Values = Readonly<Record<string, unknown>>

/** What a new sample, request, analysis … brings along: its place, and the fields that are not their default. */
export type NewLiving = Values & { readonly uid: string; readonly objectId: string; readonly path: string }

/** Stores new rows of a record that only verbs write, and enters them in the register of objects. */
export async function insertLiving(
  tx: Context,
  record: RecordType,
  rows: readonly NewLiving[],
): Promise<readonly number[]> {
  if (rows.length === 0) return []
  const defaults = Object.fromEntries(
    Object.entries(record.fields).flatMap(([name, field]) =>
      field.through || field.kind === 'inverse' ? [] : [[name, field.default ?? null]],
    ),
  )
  const at = tx.now()
  const by = actingUserId(tx.actor)
  const stamps = { created_at: at, created_by_id: by, modified_at: at, modified_by_id: by, version: 1 }
  const columns = rows.map((row) => ({
    ...encodeRow(record, { ...defaults, ...row }),
    ...stamps,
    uid: row.uid,
  }))
  const ids = await insertRows(tx.db, record.table, columns)
  await insertObjects(
    tx.db,
    rows.map((row, index) => ({
      uid: row.uid,
      path: row.path,
      type: objectTypeOf(record.name, row).type,
      rowId: ids[index] ?? 0,
    })),
  )
  for (const [name, through] of relationsOf(record)) {
    for (const [index, row] of rows.entries()) {
      const targets = row[name]
      if (Array.isArray(targets) && targets.length > 0)
        await saveReferences(tx.db, through, ids[index] ?? 0, targets)
    }
  }
  return ids
}

/** Changes one row that was read in this version. @throws RefusedError `conflict` when somebody else was faster */
export async function updateLiving(
  tx: Context,
  record: RecordType,
  before: AnyRow,
  values: Values,
): Promise<void> {
  const changed = await updateRows(tx.db, record.table, [before.id], columnsOf(tx, record, values), {
    version: before.version,
  })
  if (changed !== 1) throw changedMeanwhile(record, before)
  for (const [name, through] of relationsOf(record)) {
    const targets = values[name]
    if (Array.isArray(targets)) await saveReferences(tx.db, through, before.id, targets)
  }
}

/** Values as columns, with who changed them and when. */
export function columnsOf(tx: Context, record: RecordType, values: Values): Record<string, unknown> {
  return { ...encodeRow(record, values), modified_at: tx.now(), modified_by_id: actingUserId(tx.actor) }
}
