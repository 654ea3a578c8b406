import type { Context } from '../../context.ts'
import { findEntriesOf } from './store/audit-entries.ts'

export type FieldChange = { readonly field: string; readonly before: unknown; readonly after: unknown }

/** One line of a record's history. */
export type HistoryEntry = {
  readonly at: Date
  readonly actor: { readonly id: number | null; readonly name: string }
  readonly action: string
  readonly reason: string | null
  readonly changes: readonly FieldChange[]
}

const UNINTERESTING = new Set(['version', 'modifiedAt', 'modifiedBy', 'createdAt', 'createdBy', 'id'])

/** Who changed a record from what to what, newest first. The caller has asked for the right to see the record. */
export async function findHistory(
  ctx: Context,
  record: string,
  recordId: string | number,
  page: { readonly limit: number; readonly offset: number },
): Promise<HistoryEntry[]> {
  const entries = await findEntriesOf(ctx.db, record, String(recordId), page)
  return entries.map((entry) => ({
    at: new Date(entry.at),
    actor: { id: entry.actorId, name: entry.actorName },
    action: entry.action,
    reason: entry.reason,
    changes: changesBetween(parseObject(entry.before), parseObject(entry.after)),
  }))
}

function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !UNINTERESTING.has(name),
  )
  return names.flatMap((field) => {
    const [was, is] = [before[field] ?? null, after[field] ?? null]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ field, before: was, after: is }]
  })
}

function parseObject(text: string | null): Record<string, unknown> {
  const value: unknown = text === null ? null : JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
