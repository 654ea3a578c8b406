import type { Context } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { createCatalogue } from '../../platform/records/catalogue.ts'
import { ACCESS_RECORDS } from '../access/records.ts'
import { ACCESS_TEST_MIGRATIONS, asUser, makeAccess, makeAccessContext, makeUser } from '../access/testing.ts'
import { equipment } from '../equipment/records/equipment.ts'
import { site } from '../equipment/records/site.ts'
import { createEquipment } from '../equipment/store/migrations/0001-create.ts'
import { createJobs } from '../jobs/store/migrations/0001-create.ts'
import { savedViewRecord } from './records/saved-view.ts'
import { createWorkspace } from './store/migrations/0001-create.ts'

export const WORKSPACE_TEST_MIGRATIONS = [
  ...ACCESS_TEST_MIGRATIONS,
  createJobs,
  createEquipment,
  createWorkspace,
]

/** A context with users, equipment and saved views. */
export function makeWorkspaceContext(database: DatabaseHandle, parts: Partial<Context> = {}): Context {
  const catalogue = createCatalogue([...ACCESS_RECORDS, site, equipment, savedViewRecord])
  return makeAccessContext(database, { catalogue, ...parts })
}

/** A new user who holds exactly these permissions. */
export async function asNewUser(ctx: Context, ...permissions: readonly string[]): Promise<Context> {
  const user = await asUser(ctx, await makeUser(ctx, makeAccess()))
  if (user.actor.kind !== 'user') throw new Error('a user acts as a user')
  return { ...user, actor: { ...user.actor, permissions: new Set(permissions) } }
}
