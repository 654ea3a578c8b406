import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { kindOf } from '../../../platform/database/open-database.ts'

type ShippedTable =
  | 'qa_status'
  | 'qa_frequency'
  | 'qa_tolerance'
  | 'qa_service_event_status'
  | 'qa_service_type'

/** Which of the tables that a new site finds filled are still empty. */
export async function findEmptyTables(db: Database): Promise<ReadonlySet<ShippedTable>> {
  const { rows } = await sql<{ name: ShippedTable }>`
    select 'qa_status' as name where not exists (select 1 from qa_status)
    union all select 'qa_frequency' where not exists (select 1 from qa_frequency)
    union all select 'qa_tolerance' where not exists (select 1 from qa_tolerance where type = 'boolean')
    union all select 'qa_service_event_status' where not exists (select 1 from qa_service_event_status)
    union all select 'qa_service_type' where not exists (select 1 from qa_service_type)`.execute(db)
  return new Set(rows.map(({ name }) => name))
}

/** Servers that start at the same time on PostgreSQL fill the tables one after the other. */
export async function lockForShipping(db: Database): Promise<void> {
  if (kindOf(db) === 'postgres') await sql`lock table qa_status in share row exclusive mode`.execute(db)
}

export async function insertBooleanTolerance(
  db: Database,
  name: string,
  warningOnly: boolean,
  at: Date,
): Promise<void> {
  await sql`insert into qa_tolerance (name, name_folded, type, mc_pass_choices_folded, mc_tol_choices_folded,
      bool_warning_only, created_at, modified_at)
    values (${name}, ${fold(name)}, 'boolean', '', '', ${warningOnly}, ${at}, ${at})`.execute(db)
}
