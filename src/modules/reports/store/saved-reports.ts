import type { ExpressionBuilder, Selectable } from 'kysely'
import { type Database, json } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { SavedReport } from '../domain/saved-report.ts'
import type { ReportTables } from './tables.ts'

/** Who asks: their own reports, those of their groups, and those for everybody. */
export type ReportReader = { readonly userId: number; readonly groupIds: readonly number[] }

export async function findSavedReports(
  db: Database,
  wanted: { readonly reader?: ReportReader; readonly ids?: readonly number[] },
): Promise<SavedReport[]> {
  const { reader, ids } = wanted
  let query = db.withTables<ReportTables>().selectFrom('reports_saved').selectAll()
  if (ids) query = query.where('id', 'in', [...ids])
  if (reader) query = query.where((eb) => isSeenBy(eb, reader))
  const rows = await query.orderBy('title_folded').orderBy('id').execute()
  return withPeople(db, rows)
}

function isSeenBy(eb: ExpressionBuilder<ReportTables, 'reports_saved'>, { userId, groupIds }: ReportReader) {
  const shared = eb('id', 'in', (inner) =>
    inner
      .selectFrom('reports_saved_group')
      .select('report_id')
      .where('role', '=', 'sees')
      .where('group_id', 'in', groupIds.length === 0 ? [0] : [...groupIds]),
  )
  return eb.or([
    eb('owner_id', '=', userId),
    eb('visibility', '=', 'everybody'),
    eb.and([eb('visibility', '=', 'groups'), shared]),
  ])
}

async function withPeople(
  db: Database,
  rows: readonly Selectable<ReportTables['reports_saved']>[],
): Promise<SavedReport[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const tables = db.withTables<ReportTables>()
  const [groups, users] = await Promise.all([
    tables
      .selectFrom('reports_saved_group')
      .selectAll()
      .where('report_id', 'in', ids)
      .orderBy('group_id')
      .execute(),
    tables
      .selectFrom('reports_saved_user')
      .selectAll()
      .where('report_id', 'in', ids)
      .orderBy('user_id')
      .execute(),
  ])
  const groupsOf = (id: number, role: 'sees' | 'receives') =>
    groups.filter((each) => each.report_id === id && each.role === role).map(({ group_id }) => group_id)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    ownerId: row.owner_id,
    title: row.title,
    kind: row.kind,
    format: row.format,
    filters: JSON.parse(row.filters),
    notes: JSON.parse(row.notes),
    signature: row.signature === 1,
    visibility: row.visibility,
    visibleTo: groupsOf(row.id, 'sees'),
    schedule:
      row.recurrence === null || row.minute_of_day === null
        ? null
        : {
            recurrence: row.recurrence,
            minuteOfDay: row.minute_of_day,
            groupIds: groupsOf(row.id, 'receives'),
            userIds: users.filter((each) => each.report_id === row.id).map(({ user_id }) => user_id),
            addresses: JSON.parse(row.addresses),
            sendEmpty: row.send_empty === 1,
          },
    nextRunAt: row.next_run_at === null ? null : new Date(row.next_run_at),
    modifiedAt: new Date(row.modified_at),
  }))
}

export async function countReportsOf(db: Database, ownerId: number): Promise<number> {
  const { count } = await db
    .withTables<ReportTables>()
    .selectFrom('reports_saved')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow()
  return count
}

export type ReportToStore = Omit<SavedReport, 'id' | 'version' | 'modifiedAt'>
export type Stamp = { readonly at: Date; readonly by: number | null }

export async function insertReport(db: Database, report: ReportToStore, { at, by }: Stamp): Promise<number> {
  const { id } = await db
    .withTables<ReportTables>()
    .insertInto('reports_saved')
    .values({
      ...columnsOf(report),
      owner_id: report.ownerId,
      version: 1,
      created_at: at,
      modified_at: at,
      modified_by_id: by,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await insertPeople(db, id, report)
  return id
}

/** @returns whether the report still was in `version` */
export async function updateReport(
  db: Database,
  id: number,
  version: number,
  report: ReportToStore,
  { at, by }: Stamp,
): Promise<boolean> {
  const tables = db.withTables<ReportTables>()
  const { numUpdatedRows } = await tables
    .updateTable('reports_saved')
    .set({ ...columnsOf(report), version: version + 1, modified_at: at, modified_by_id: by })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tables.deleteFrom('reports_saved_group').where('report_id', '=', id).execute()
  await tables.deleteFrom('reports_saved_user').where('report_id', '=', id).execute()
  await insertPeople(db, id, report)
  return true
}

async function insertPeople(db: Database, id: number, report: ReportToStore): Promise<void> {
  const tables = db.withTables<ReportTables>()
  const { groupIds = [], userIds = [] } = report.schedule ?? {}
  const groups = [
    ...report.visibleTo.map((group) => ({ report_id: id, group_id: group, role: 'sees' as const })),
    ...groupIds.map((group) => ({ report_id: id, group_id: group, role: 'receives' as const })),
  ]
  if (groups.length > 0) await tables.insertInto('reports_saved_group').values(groups).execute()
  const users = userIds.map((user) => ({ report_id: id, user_id: user }))
  if (users.length > 0) await tables.insertInto('reports_saved_user').values(users).execute()
}

export async function deleteReport(db: Database, id: number): Promise<void> {
  await db.withTables<ReportTables>().deleteFrom('reports_saved').where('id', '=', id).execute()
}

function columnsOf({ title, kind, format, filters, notes, signature, visibility, ...report }: ReportToStore) {
  const { schedule, nextRunAt } = report
  return {
    title,
    title_folded: fold(title),
    kind,
    format,
    filters: json(filters),
    notes: json(notes),
    signature,
    visibility,
    recurrence: schedule?.recurrence ?? null,
    minute_of_day: schedule?.minuteOfDay ?? null,
    addresses: json(schedule?.addresses ?? []),
    send_empty: schedule?.sendEmpty ?? false,
    next_run_at: nextRunAt,
  }
}

/** Ids of reports whose time has come, the longest waiting first. */
export async function findDueReports(db: Database, now: Date, limit: number): Promise<readonly number[]> {
  const rows = await db
    .withTables<ReportTables>()
    .selectFrom('reports_saved')
    .select('id')
    .where('next_run_at', '<=', now.toISOString())
    .orderBy('next_run_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Moves a report on to its next run; of several servers that try, one does. */
export async function advanceReport(db: Database, id: number, from: Date, to: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<ReportTables>()
    .updateTable('reports_saved')
    .set({ next_run_at: to })
    .where('id', '=', id)
    .where('next_run_at', '=', from.toISOString())
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
