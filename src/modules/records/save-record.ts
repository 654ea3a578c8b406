import { sql } from 'kysely'
import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import { type FieldProblem, invalidInput, RefusedError } from '../../core/refusal.ts'
import { constraintViolation } from '../../platform/database/constraint-violation.ts'
import { type AnyRow, encodeRow } from '../../platform/records/row-codec.ts'
import { validateRecord } from '../../platform/records/validate-record.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { relationsOf, saveReferences } from './attach-references.ts'
import { loadRecord } from './get-record.ts'
import { findRecords } from './list-records.ts'

/** Makes a row from what a caller gives. @throws RefusedError `invalid-input`, `conflict` for what must be unique */
export async function createRecord(
  ctx: Context,
  record: RecordType,
  input: Readonly<Record<string, unknown>>,
): Promise<AnyRow> {
  requirePermission(ctx, record.permissions.add)
  refuseUnlessGeneric(record)
  const checked = validateRecord(record, input, 'new')
  const hook = ctx.recordHooks.get(record.name)
  await hook?.check?.(ctx, checked, undefined)
  return inTransaction(ctx, async (tx) => {
    await requireTargets(tx, record, checked)
    const values = (await hook?.beforeSave?.(tx, checked, undefined)) ?? checked
    const id = await insertRow(tx, record, values)
    const after = await loadRecord(tx, record, id)
    await hook?.afterSave?.(tx, after, undefined)
    await recordAudit(tx, { action: `${record.name}.add`, record: record.name, recordId: id, after })
    return after
  })
}

/**
 * Changes the given fields of a row.
 *
 * @param version the version the caller read; another one in the database is a `conflict`
 */
export async function changeRecord(
  ctx: Context,
  record: RecordType,
  id: number,
  version: number,
  input: Readonly<Record<string, unknown>>,
  reason?: string,
): Promise<AnyRow> {
  requirePermission(ctx, record.permissions.change)
  refuseUnlessGeneric(record)
  const hook = ctx.recordHooks.get(record.name)
  if (hook?.check) {
    const before = await loadVersion(ctx, record, id, version)
    await hook.check(ctx, validateRecord(record, input, 'change'), before)
  }
  return inTransaction(ctx, async (tx) => {
    const before = await loadVersion(tx, record, id, version)
    const checked = validateRecord(record, input, 'change')
    await requireTargets(tx, record, checked)
    const values = (await hook?.beforeSave?.(tx, checked, before)) ?? checked
    await updateRow(tx, record, before, values)
    const after = await loadRecord(tx, record, id)
    await hook?.afterSave?.(tx, after, before)
    await recordAudit(tx, {
      action: `${record.name}.change`,
      record: record.name,
      recordId: id,
      before,
      after,
      reason,
    })
    return after
  })
}

function refuseUnlessGeneric(record: RecordType): void {
  if (record.writer === 'verbs')
    throw new RefusedError({
      kind: 'conflict',
      reason: `${record.label.many} are made by their own actions.`,
    })
}

/** Columns that every saved row carries besides its fields. */
export function stampsFor(
  tx: Context,
  record: RecordType,
  moment: 'new' | 'change',
): Record<string, unknown> {
  if (!record.stamped) return {}
  const by = actingUserId(tx.actor)
  const at = tx.now()
  const modified = { modified_at: at, modified_by_id: by }
  return moment === 'new' ? { created_at: at, created_by_id: by, ...modified } : modified
}

async function insertRow(
  tx: Context,
  record: RecordType,
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  const columns = { ...encodeRow(record, values), ...stampsFor(tx, record, 'new'), version: 1 }
  const names = Object.keys(columns).map((name) => sql.ref(name))
  const { rows } = await refusingConstraints(record, () =>
    sql<{ id: number }>`insert into ${sql.table(record.table)} (${sql.join(names)})
      values (${sql.join(Object.values(columns))}) returning id`.execute(tx.db),
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error(`inserting into ${record.table} gave no id`)
  await saveRelations(tx, record, id, values)
  return id
}

async function updateRow(
  tx: Context,
  record: RecordType,
  before: AnyRow,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const columns = {
    ...encodeRow(record, values),
    ...stampsFor(tx, record, 'change'),
    version: before.version + 1,
  }
  const sets = Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  const { numAffectedRows } = await refusingConstraints(record, () =>
    sql`update ${sql.table(record.table)} set ${sql.join(sets)} where id = ${before.id} and version = ${before.version}`.execute(
      tx.db,
    ),
  )
  if (numAffectedRows !== 1n) throw changedMeanwhile(record, await loadRecord(tx, record, before.id))
  await saveRelations(tx, record, before.id, values)
}

/** The row, if it still has the version that the caller read. @throws RefusedError `conflict` with what is stored now */
async function loadVersion(ctx: Context, record: RecordType, id: number, version: number): Promise<AnyRow> {
  const row = await loadRecord(ctx, record, id)
  if (row.version !== version) throw changedMeanwhile(record, row)
  return row
}

export function changedMeanwhile(record: RecordType, current: AnyRow): RefusedError {
  return new RefusedError({
    kind: 'conflict',
    current,
    reason: `${record.label.one} was changed by someone else meanwhile. Load it again and repeat your change.`,
  })
}

async function saveRelations(
  tx: Context,
  record: RecordType,
  id: number,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const [name, through] of relationsOf(record)) {
    const targets = values[name]
    if (Array.isArray(targets))
      await refusingConstraints(record, () => saveReferences(tx.db, through, id, targets))
  }
}

/** References must name rows that the actor may know of: a foreign key alone would not respect the scope. */
async function requireTargets(
  tx: Context,
  record: RecordType,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const problems: FieldProblem[] = []
  for (const [name, { target, kind }] of Object.entries(record.fields)) {
    const given = values[name]
    if (target === undefined || kind === 'inverse' || given === null || given === undefined) continue
    const ids = Array.isArray(given) ? [...new Set(given)] : [given]
    const known = await findRecords(tx, tx.catalogue.get(target), ids)
    if (known.length < ids.length)
      problems.push({ field: name, problem: 'This names a record that does not exist.' })
  }
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
}

/** Runs a statement and turns what the database's constraints say into refusals. */
export async function refusingConstraints<T>(record: RecordType, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    const violation = constraintViolation(error)
    if (violation?.kind === 'unique') {
      const field = violation.columns?.at(-1)?.replace(/_(folded|id)$/, '') ?? ''
      throw new RefusedError({
        kind: 'conflict',
        field,
        reason: `${record.label.one} with this ${field.replaceAll('_', ' ') || 'value'} already exists.`,
      })
    }
    if (violation?.kind === 'foreign-key') throw invalidInput('', 'This names a record that does not exist.')
    throw error
  }
}
