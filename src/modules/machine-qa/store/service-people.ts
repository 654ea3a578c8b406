import { sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

export type NamedPerson = { readonly id: number; readonly name: string }

/** Active users whose groups, or whose administration, let them be named with hours; by name. */
export async function findPeopleWithHours(db: Database): Promise<NamedPerson[]> {
  const { rows } = await sql<{
    id: number
    username: string
    first_name: string | null
    last_name: string | null
  }>`
    select u.id, u.username, u.first_name, u.last_name from access_user as u
    where u.is_active and (u.is_administrator or exists (
      select 1 from access_user_group as m join access_group_permission as g on g.group_id = m.group_id
      join access_permission as p on p.id = g.permission_id
      where m.user_id = u.id and p.code = 'machine-qa.service-event.have-hours'))
    order by u.last_name, u.first_name, u.username limit 1000`.execute(db)
  return rows.map((row) => {
    const full = [row.first_name, row.last_name].filter(Boolean).join(' ')
    return { id: row.id, name: full || row.username }
  })
}
