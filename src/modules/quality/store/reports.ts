import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { kindOf } from '../../../platform/database/open-database.ts'
import { OVERVIEW_ID } from '../domain/report-tree.ts'
import { VISIBILITIES, type Visibility } from '../domain/visibility.ts'
import type { QualityTables } from './tables.ts'

export type ReportAccess = {
  readonly id: string
  readonly visibility: Visibility
  readonly ownerId: number | null
  readonly createdAt: Date
  readonly deletedAt: Date | null
  readonly version: number
}

/** Who asks: what decides which reports there are for somebody. */
export type Reader =
  | { readonly kind: 'everything' }
  | { readonly kind: 'public' }
  | { readonly kind: 'user'; readonly userId: number; readonly groupIds: readonly number[] }

/** The reports that a reader may see, deleted ones too. */
export async function findVisibleReports(
  db: Database,
  reader: Reader,
  ids?: readonly string[],
): Promise<readonly ReportAccess[]> {
  let query = db
    .withTables<QualityTables>()
    .selectFrom('quality_report')
    .selectAll()
    .where('id', '<>', OVERVIEW_ID)
  if (ids) query = query.where('id', 'in', ids.length > 0 ? ids : [''])
  if (reader.kind === 'public') query = query.where('visibility', '=', 'public')
  if (reader.kind === 'user') {
    const { userId, groupIds } = reader
    query = query.where((eb) =>
      eb.or([
        eb('visibility', 'in', ['public', 'signed-in']),
        eb('owner_id', '=', userId),
        eb(
          'id',
          'in',
          eb
            .selectFrom('quality_report_reader')
            .select('report_id')
            .where((named) =>
              named.or([
                named('user_id', '=', userId),
                ...(groupIds.length > 0 ? [named('group_id', 'in', groupIds)] : []),
              ]),
            ),
        ),
      ]),
    )
  }
  return (await query.execute()).map(accessOf)
}

function accessOf(row: Selectable<QualityTables['quality_report']>): ReportAccess {
  return {
    id: row.id,
    visibility: VISIBILITIES.find((each) => each === row.visibility) ?? 'named',
    ownerId: row.owner_id,
    createdAt: new Date(row.created_at),
    deletedAt: row.deleted_at === null ? null : new Date(row.deleted_at),
    version: row.version,
  }
}

export async function insertReport(
  db: Database,
  report: {
    readonly id: string
    readonly visibility: Visibility
    readonly ownerId: number | null
    readonly at: Date
  },
): Promise<void> {
  await db
    .withTables<QualityTables>()
    .insertInto('quality_report')
    .values({ id: report.id, visibility: report.visibility, owner_id: report.ownerId, created_at: report.at })
    .execute()
}

/** Makes other changes to the same reports wait, and counts this one. Always in the same order, so that none wait for one another. */
export async function lockReports(db: Database, ids: readonly string[]): Promise<void> {
  const sorted = [...new Set(ids)].sort()
  if (sorted.length === 0) return
  if (kindOf(db) === 'postgres') {
    await sql`select id from quality_report where id in (${sql.join(sorted)}) order by id for update`.execute(
      db,
    )
  }
  await db
    .withTables<QualityTables>()
    .updateTable('quality_report')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', sorted)
    .execute()
}

export async function saveDeleted(db: Database, id: string, at: Date | null): Promise<void> {
  await db
    .withTables<QualityTables>()
    .updateTable('quality_report')
    .set({ deleted_at: at })
    .where('id', '=', id)
    .execute()
}

export async function saveVisibility(
  db: Database,
  id: string,
  visibility: Visibility,
  readers: { readonly userIds: readonly number[]; readonly groupIds: readonly number[] },
): Promise<void> {
  const tables = db.withTables<QualityTables>()
  await tables.updateTable('quality_report').set({ visibility }).where('id', '=', id).execute()
  await tables.deleteFrom('quality_report_reader').where('report_id', '=', id).execute()
  const rows = [
    ...readers.userIds.map((user_id) => ({ report_id: id, user_id, group_id: null })),
    ...readers.groupIds.map((group_id) => ({ report_id: id, user_id: null, group_id })),
  ]
  if (rows.length > 0) await tables.insertInto('quality_report_reader').values(rows).execute()
}

export async function findReaders(
  db: Database,
  id: string,
): Promise<{ readonly userIds: readonly number[]; readonly groupIds: readonly number[] }> {
  const rows = await db
    .withTables<QualityTables>()
    .selectFrom('quality_report_reader')
    .select(['user_id', 'group_id'])
    .where('report_id', '=', id)
    .execute()
  return {
    userIds: rows.flatMap(({ user_id }) => user_id ?? []),
    groupIds: rows.flatMap(({ group_id }) => group_id ?? []),
  }
}

/** A read-only link to one report; its secret is shown once. */
export type ReportLink = {
  readonly id: number
  readonly reportId: string
  readonly name: string
  readonly createdAt: Date
  readonly revokedAt: Date | null
}

export async function insertLink(
  db: Database,
  link: {
    readonly reportId: string
    readonly name: string
    readonly secretHash: string
    readonly at: Date
    readonly userId: number | null
  },
): Promise<number> {
  const { id } = await db
    .withTables<QualityTables>()
    .insertInto('quality_report_link')
    .values({
      report_id: link.reportId,
      name: link.name,
      secret_hash: link.secretHash,
      created_at: link.at,
      created_by_id: link.userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function findLinks(db: Database, reportId: string): Promise<readonly ReportLink[]> {
  const rows = await db
    .withTables<QualityTables>()
    .selectFrom('quality_report_link')
    .select(['id', 'report_id', 'name', 'created_at', 'revoked_at'])
    .where('report_id', '=', reportId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    reportId: row.report_id,
    name: row.name,
    createdAt: new Date(row.created_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  }))
}

/** The report that a link in force opens. */
export async function findReportOfLink(db: Database, secretHash: string): Promise<string | undefined> {
  const row = await db
    .withTables<QualityTables>()
    .selectFrom('quality_report_link')
    .select('report_id')
    .where('secret_hash', '=', secretHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row?.report_id
}

/** @returns whether there was a link in force */
export async function revokeLink(db: Database, reportId: string, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<QualityTables>()
    .updateTable('quality_report_link')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('report_id', '=', reportId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
