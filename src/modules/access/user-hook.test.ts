import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Context, inTransaction } from '../../context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { getRecord } from '../records/get-record.ts'
import { removeRecord } from '../records/retire-record.ts'
import { changeRecord, createRecord } from '../records/save-record.ts'
import { createUser, type NewUser } from './create-user.ts'
import { ACCESS_PERMISSIONS } from './domain/access-permissions.ts'
import { definePermissions } from './domain/permission.ts'
import { findSession } from './find-session.ts'
import { groupRecord } from './records/group.ts'
import { userRecord } from './records/user.ts'
import { startSession } from './start-session.ts'
import { countActiveAdministrators, loadAccount } from './store/accounts.ts'
import { findEpoch } from './store/epoch.ts'
import { findPermissions } from './store/permissions.ts'
import { syncPermissions } from './sync-permissions.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  asUser,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
} from './testing.ts'

const LIMS = definePermissions('lims', { access: 'Use', 'sample.add': 'Add', 'result.verify': 'Verify' })

function notPermitted(permission: string) {
  return { refusal: { kind: 'not-permitted', permission } }
}

/** Resolves once the work is over or waits for a lock of another transaction; SQLite has one writer at a time anyway. */
async function settledOrWaiting({ database, db }: Context, work: Promise<unknown>): Promise<void> {
  if (database.kind === 'sqlite') return
  let isOver = false
  const over = () => {
    isOver = true
  }
  work.then(over, over)
  const waiting = sql<{ count: number }>`select count(*) as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  while (!isOver && (await waiting.execute(db)).rows[0]?.count === 0);
}

forEachDatabase('users and groups', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const clock = makeClock()
    const operator = makeAccessContext(await open('fresh'), { now: clock.now })
    const access = makeAccess()
    await syncPermissions(operator, { permissions: [...ACCESS_PERMISSIONS, ...LIMS], groups: [], grants: [] })
    const idByCode = new Map((await findPermissions(operator.db)).map(({ code, id }) => [code, id]))
    const ids = (codes: readonly string[]) => codes.map((code) => idByCode.get(code) ?? 0)
    const makeGroup = (name: string, codes: readonly string[]) =>
      createRecord(operator, groupRecord, { name, permissions: ids(codes) }).then(({ id }) => id)
    return { clock, operator, access, ids, makeGroup }
  }

  /** A manager of users and groups who may add samples, a verifier and the groups of both. */
  async function setUpManager() {
    const given = await setUp()
    const { operator, access, makeGroup } = given
    const managing = ACCESS_PERMISSIONS.map(({ code }) => code)
    const managers = await makeGroup('Managers', [...managing, 'lims.sample.add'])
    const clerks = await makeGroup('Clerks', ['lims.sample.add'])
    const verifiers = await makeGroup('Verifiers', ['lims.result.verify'])
    const managerId = await makeUser(operator, access, { groups: [managers, clerks] })
    const admin = await makeUser(operator, access, { isAdministrator: true })
    return {
      ...given,
      managers,
      clerks,
      verifiers,
      managerId,
      admin,
      manager: await asUser(operator, managerId),
    }
  }

  const change = (ctx: Context, id: number, input: Record<string, unknown>, version = 1) =>
    changeRecord(ctx, userRecord, id, version, input)

  describe('a new user', () => {
    it('joined when it was made and has what was given', async () => {
      const { operator, access, clock, makeGroup } = await setUp()
      const group = await makeGroup('Clerks', ['lims.sample.add'])
      const given: NewUser = {
        username: 'Rita',
        firstName: 'Rita',
        email: 'Rita@Example.com',
        groups: [group],
      }
      const user = await createUser(operator, access, given)
      expect(user).toMatchObject({
        ...given,
        lastName: '',
        isActive: true,
        isStaff: false,
        isAdministrator: false,
        dateJoined: clock.now(),
        lastLoginAt: null,
      })
      expect((await getRecord(operator, groupRecord, group)).users).toEqual([user.id])
      const account = await loadAccount(operator.db, user.id)
      expect(account?.actor.permissions).toEqual(new Set(['lims.sample.add']))
    })

    it.each([
      ['rita', undefined],
      ['RITA', undefined],
      ['jörg.müller+qa@example.org', undefined],
      ['Rita Mohale', undefined],
      ['Rita', 'conflict'],
      ['', 'invalid-input'],
      [' rita', 'invalid-input'],
      ['rita ', 'invalid-input'],
      ['ri:ta', 'invalid-input'],
      ['ri\nta', 'invalid-input'],
      ['x'.repeat(151), 'invalid-input'],
    ])('may be called %j beside Rita: %s', async (username, refused) => {
      const { operator, access } = await setUp()
      await createUser(operator, access, { username: 'Rita' })
      const made = createUser(operator, access, { username })
      if (refused) await expect(made).rejects.toMatchObject({ refusal: { kind: refused } })
      else expect((await made).username).toBe(username)
    })

    it.each([
      [{ username: 'b', email: 'RITA@example.COM' }, 'conflict', 'email'],
      [{ username: 'b', email: 'no address' }, 'invalid-input', 'email'],
      [{ username: 'rita@example.com' }, 'invalid-input', 'username'],
      [{ username: 'b', email: 'Old@Name' }, 'invalid-input', 'email'],
    ])('%j is refused', async (given, kind, field) => {
      const { operator, access } = await setUp()
      await createUser(operator, access, { username: 'a', email: 'Rita@Example.com' })
      await createUser(operator, access, { username: 'old@name' })
      const refusal = await createUser(operator, access, given).then(
        () => undefined,
        (error: unknown) => (error as { refusal: Record<string, unknown> }).refusal,
      )
      expect(refusal?.kind).toBe(kind)
      expect(JSON.stringify(refusal)).toContain(`"field":"${field}`)
    })

    it('needs no address, and may have its own as a name', async () => {
      const { operator, access } = await setUp()
      await createUser(operator, access, { username: 'a' })
      await createUser(operator, access, { username: 'b', email: null })
      const user = await createUser(operator, access, { username: 'c@example.com', email: 'c@example.com' })
      await change(operator, user.id, { lastName: 'C' })
    })

    it('has a good password or none', async () => {
      const { operator, access } = await setUp()
      await expect(createUser(operator, access, { username: 'a', password: 'demo' })).rejects.toMatchObject({
        refusal: {
          kind: 'invalid-input',
          problems: [{ field: 'password', problem: 'A password has at least 10 characters.' }],
        },
      })
      await createUser(operator, access, { username: 'a', password: 'demo' }, { password: 'unchecked' })
    })
  })

  describe('nobody gains more than they hold', () => {
    it.each([
      ['an administrator', { isAdministrator: true }, 'access.administrator'],
      ['a member of staff', { isStaff: true }, 'access.administrator'],
    ])('by making %s', async (_, given, lacking) => {
      const { manager, access } = await setUpManager()
      await expect(createUser(manager, access, { username: 'a', ...given })).rejects.toMatchObject(
        notPermitted(lacking),
      )
    })

    it('by giving groups to which they do not belong, to others or to themselves', async () => {
      const { manager, managerId, access, clerks, verifiers } = await setUpManager()
      const user = await createUser(manager, access, { username: 'a', groups: [clerks] })
      const lacking = notPermitted('access.group.membership')
      await expect(
        createUser(manager, access, { username: 'b', groups: [clerks, verifiers] }),
      ).rejects.toMatchObject(lacking)
      await expect(change(manager, user.id, { groups: [clerks, verifiers] })).rejects.toMatchObject(lacking)
      const own = await getRecord(manager, userRecord, managerId)
      await expect(
        change(manager, managerId, { groups: [...(own.groups as number[]), verifiers] }),
      ).rejects.toMatchObject(lacking)
      await expect(
        changeRecord(manager, groupRecord, verifiers, 1, { users: [managerId] }),
      ).rejects.toMatchObject(notPermitted('lims.result.verify'))
    })

    it('by changing an administrator, or someone who may do more', async () => {
      const { manager, operator, access, admin, verifiers } = await setUpManager()
      const verifier = await makeUser(operator, access, { groups: [verifiers] })
      const input = { email: 'mine@example.com' }
      await expect(change(manager, admin, input)).rejects.toMatchObject(notPermitted('access.administrator'))
      await expect(change(manager, verifier, input)).rejects.toMatchObject(notPermitted('lims.result.verify'))
      await expect(removeRecord(manager, userRecord, admin)).rejects.toMatchObject(
        notPermitted('access.administrator'),
      )
      await expect(removeRecord(manager, userRecord, verifier)).rejects.toMatchObject(
        notPermitted('access.group.membership'),
      )
      expect(await loadAccount(operator.db, verifier)).toBeDefined()
    })

    it('by granting permissions to groups', async () => {
      const { manager, ids, managers, clerks } = await setUpManager()
      const lacking = notPermitted('lims.result.verify')
      const verifying = ids(['lims.sample.add', 'lims.result.verify'])
      await expect(
        createRecord(manager, groupRecord, { name: 'New', permissions: verifying }),
      ).rejects.toMatchObject(lacking)
      await expect(
        changeRecord(manager, groupRecord, clerks, 1, { permissions: verifying }),
      ).rejects.toMatchObject(lacking)
      await expect(
        changeRecord(manager, groupRecord, managers, 1, { permissions: verifying }),
      ).rejects.toMatchObject(lacking)
      const own = await createRecord(manager, groupRecord, {
        name: 'New',
        permissions: ids(['lims.sample.add']),
      })
      await changeRecord(manager, groupRecord, own.id, 1, { permissions: [] })
    })

    it('nor takes away what they do not hold', async () => {
      const { manager, verifiers } = await setUpManager()
      const lacking = notPermitted('lims.result.verify')
      await expect(
        changeRecord(manager, groupRecord, verifiers, 1, { permissions: [] }),
      ).rejects.toMatchObject(lacking)
      await expect(removeRecord(manager, groupRecord, verifiers)).rejects.toMatchObject(lacking)
    })

    it('while what they hold themselves is theirs to give and take', async () => {
      const { manager, operator, access, clerks } = await setUpManager()
      const user = await createUser(manager, access, { username: 'a', groups: [clerks] })
      await change(manager, user.id, { groups: [], firstName: 'A' })
      await changeRecord(manager, groupRecord, clerks, 1, { users: [user.id] })
      expect((await loadAccount(operator.db, user.id))?.actor.groupIds).toEqual([clerks])
      await removeRecord(manager, userRecord, user.id)
      expect(await loadAccount(operator.db, user.id)).toBeUndefined()
    })
  })

  describe('the last active administrator', () => {
    it.each([{ isActive: false }, { isAdministrator: false }])('cannot lose it by %j', async (input) => {
      const { operator, access } = await setUp()
      const admin = await makeUser(operator, access, { isAdministrator: true })
      await makeUser(operator, access, { isAdministrator: true, isActive: false })
      await expect(change(operator, admin, input)).rejects.toMatchObject({ refusal: { kind: 'conflict' } })
      await expect(removeRecord(operator, userRecord, admin)).rejects.toMatchObject({
        refusal: { kind: 'conflict' },
      })
      await makeUser(operator, access, { isAdministrator: true })
      expect(await change(operator, admin, input)).toMatchObject(input)
    })

    it('is still there after two have demoted one another at once', async () => {
      const { operator, access } = await setUp()
      const first = await makeUser(operator, access, { isAdministrator: true })
      const second = await makeUser(operator, access, { isAdministrator: true })
      const asSecond = await asUser(operator, second)
      const [demoted, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const one = inTransaction(await asUser(operator, first), async (tx) => {
        await change(tx, second, { isAdministrator: false })
        demoted.resolve()
        await mayCommit.promise
      })
      await demoted.promise
      const other = change(asSecond, first, { isAdministrator: false })
      await settledOrWaiting(operator, other)
      mayCommit.resolve()
      const results = await Promise.allSettled([one, other])
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      expect(await countActiveAdministrators(operator.db)).toBe(1)
    })
  })

  it('ends the sessions of a user who becomes inactive', async () => {
    const { operator, access } = await setUp()
    const user = await makeUser(operator, access)
    const { secret } = await startSession(await asUser(operator, user), access)
    await change(operator, user, { isActive: false })
    expect(await findSession(operator, secret)).toBeUndefined()
    await change(operator, user, { isActive: true }, 2)
    expect(await findSession(operator, secret)).toBeUndefined()
  })

  it('leaves the epoch of permissions alone when a change is undone', async () => {
    const { operator, access } = await setUp()
    const user = await makeUser(operator, access)
    const epoch = await findEpoch(operator.db)
    const undone = inTransaction(operator, async (tx) => {
      await change(tx, user, { firstName: 'A' })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await findEpoch(operator.db)).toBe(epoch)
    await change(operator, user, { firstName: 'A' })
    expect(await findEpoch(operator.db)).toBe(epoch + 1)
  })
})
