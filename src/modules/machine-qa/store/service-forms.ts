import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

/** The assignments of a unit with the lists and cycles of a template. */
export async function findTemplateAssignments(
  db: Database,
  templateId: number,
  unitId: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select a.id from qa_assignment as a where a.unit_id = ${unitId} and a.active and a.retired_at is null
      and (a.test_list_id in (select test_list_id from qa_service_template_list where template_id = ${templateId})
        or a.test_list_cycle_id in (
          select test_list_cycle_id from qa_service_template_cycle where template_id = ${templateId}))
    order by a.id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Says that an event is about faults; those that said so before stay. */
export async function linkFaultsTo(
  db: Database,
  eventId: number,
  faultIds: readonly number[],
): Promise<{ readonly added: readonly number[]; readonly unknown: readonly number[] }> {
  const { rows } = await sql<{ id: number; linked: number | null }>`
    select f.id, l.fault_id as linked from qa_fault as f
    left join qa_fault_service_event as l on l.fault_id = f.id and l.service_event_id = ${eventId}
    where f.id in (${sql.join([...faultIds])})`.execute(db)
  const known = new Map(rows.map(({ id, linked }) => [id, linked !== null]))
  const added = faultIds.filter((id) => known.get(id) === false)
  for (const id of added) {
    await sql`insert into qa_fault_service_event (fault_id, service_event_id) values (${id}, ${eventId})
      on conflict do nothing`.execute(db)
  }
  return { added, unknown: faultIds.filter((id) => !known.has(id)) }
}
