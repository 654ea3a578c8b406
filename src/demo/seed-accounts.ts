import type { Context } from '../context.ts'
import type { UserActor } from '../core/actor.ts'
import { compare } from '../core/query.ts'
import type { Access } from '../modules/access/access.ts'
import { createUser } from '../modules/access/create-user.ts'
import { ROLE_GROUPS } from '../modules/access/domain/role-groups.ts'
import { groupRecord } from '../modules/access/records/group.ts'
import { listRecords } from '../modules/records/list-records.ts'
import { ACCOUNTS } from './accounts.data.ts'

/** What later steps know of people: whoever did something, and the groups that see work. */
export type DemoPeople = {
  /** a user of the demonstration as an actor who may do everything. @throws Error for an unknown name */
  actor(username: string): UserActor
  /** the id of a ready-made group by its key. @throws Error for one that does not exist */
  group(key: string): number
}

/** Makes all accounts, in the groups of those parts that the server has. */
export async function seedAccounts(ctx: Context, access: Access): Promise<DemoPeople> {
  const groups = await roleGroups(ctx)
  const quick = await withKnownHashes(access)
  const actors = new Map<string, UserActor>()
  for (const { username, roles, purpose: _purpose, ...account } of ACCOUNTS) {
    const ids = roles.flatMap((key) => groups.get(key) ?? [])
    const user = { ...account, username, groups: ids, isStaff: username === 'physicist' }
    const { id } = await createUser(ctx, quick, user, { password: 'unchecked' })
    const everything = { isAdministrator: true, permissions: new Set<string>(), groupIds: ids }
    actors.set(username, { kind: 'user', id, username, ...everything })
  }
  return {
    actor: (username) => required(actors, username, 'account'),
    group: (key) => required(groups, key, 'group'),
  }
}

function required<T>(known: ReadonlyMap<string, T>, name: string, what: string): T {
  const found = known.get(name)
  if (found === undefined) throw new Error(`the demonstration has no ${what} ${name}`)
  return found
}

/** Ready-made groups by key, as far as the parts that they belong to exist. */
async function roleGroups(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const names = ROLE_GROUPS.map(({ name }) => name)
  const { rows } = await listRecords(
    ctx,
    groupRecord,
    { where: compare('name', 'in', names), order: [], limit: names.length, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  const idByName = new Map(rows.map(({ id, name }) => [name, id]))
  return new Map(
    ROLE_GROUPS.flatMap(({ key, name }) => {
      const id = idByName.get(name)
      return id === undefined ? [] : [[key, id] as const]
    }),
  )
}

/** Passwords are hashed once each and at the same time: one after the other would take most of the seeding. */
async function withKnownHashes(access: Access): Promise<Access> {
  const passwords = [...new Set(ACCOUNTS.map(({ password }) => password))]
  const hashes = await Promise.all(passwords.map((password) => access.passwords.hash(password)))
  const known = new Map(passwords.map((password, index) => [password, hashes[index] ?? '']))
  const hash = async (password: string) => known.get(password) ?? access.passwords.hash(password)
  return { ...access, passwords: { ...access.passwords, hash } }
}
