import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { createRecord } from '../records/save-record.ts'
import { createToken } from './create-token.ts'
import { ACCESS_PERMISSIONS } from './domain/access-permissions.ts'
import { getOrCreateToken, storeShownAgainToken } from './get-or-create-token.ts'
import { listTokens } from './list-tokens.ts'
import { groupRecord } from './records/group.ts'
import { resolveCredential } from './resolve-credential.ts'
import { revokeToken } from './revoke-token.ts'
import { findPermissions } from './store/permissions.ts'
import { syncPermissions } from './sync-permissions.ts'
import { ACCESS_TEST_MIGRATIONS, asUser, makeAccess, makeAccessContext, makeUser } from './testing.ts'

forEachDatabase('tokens', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const operator = makeAccessContext(await open('fresh'))
    const access = makeAccess()
    await syncPermissions(operator, { permissions: ACCESS_PERMISSIONS, groups: [], grants: [] })
    const user = await makeUser(operator, access)
    return { operator, access, user, ctx: await asUser(operator, user, 'password') }
  }

  describe('that are shown again', () => {
    it('are 40 hexadecimal digits, the same at every asking, and not kept readable', async () => {
      const { access, ctx } = await setUp()
      const token = await getOrCreateToken(ctx, access)
      expect(token).toMatch(/^[0-9a-f]{40}$/)
      expect(await getOrCreateToken(ctx, access)).toBe(token)
      expect(await getOrCreateToken(ctx, makeAccess())).toBe(token)
      const rows = await ctx.db
        .withTables<{ access_token: { sealed: string } }>()
        .selectFrom('access_token')
        .selectAll()
        .execute()
      expect(rows.length).toBe(1)
      expect(JSON.stringify(rows)).not.toContain(token)
    })

    it('are the same for many that ask at once, on two servers', async () => {
      const { access, ctx } = await setUp()
      const other = makeAccess()
      const tokens = await Promise.all(
        Array.from({ length: 12 }, (_, index) => getOrCreateToken(ctx, index % 2 ? access : other)),
      )
      expect(new Set(tokens).size).toBe(1)
    })

    it('differ from user to user', async () => {
      const { access, ctx, operator } = await setUp()
      const other = await asUser(operator, await makeUser(operator, access))
      expect(await getOrCreateToken(ctx, access)).not.toBe(await getOrCreateToken(other, access))
    })

    it('are replaced by another one once revoked', async () => {
      const { access, ctx, user } = await setUp()
      const token = await getOrCreateToken(ctx, access)
      const [listed] = await listTokens(ctx, user)
      expect(listed).toMatchObject({ userId: user, isShownAgain: true, name: 'API token', lastUsedAt: null })
      await revokeToken(ctx, listed?.id ?? 0)
      await revokeToken(ctx, listed?.id ?? 0)
      expect(await listTokens(ctx, user)).toEqual([])
      const next = await getOrCreateToken(ctx, access)
      expect(next).not.toBe(token)
      expect(await resolveCredential(ctx, access, { authorization: `Token ${token}` })).toMatchObject({
        problem: 'token-unknown',
      })
      expect(await resolveCredential(ctx, access, { authorization: `Token ${next}` })).toMatchObject({
        actor: { id: user },
      })
    })

    it('keep working after an import, and are shown from then on', async () => {
      const { access, ctx, user, operator } = await setUp()
      const imported = 'a75815288ab56b3bcd27075169b8d58faa6a780f'
      expect(await inTransaction(operator, (tx) => storeShownAgainToken(tx, access, user, imported))).toBe(
        true,
      )
      expect(await getOrCreateToken(ctx, access)).toBe(imported)
      expect(await resolveCredential(ctx, access, { authorization: `Token ${imported}` })).toMatchObject({
        actor: { id: user },
      })
      expect(
        await inTransaction(operator, (tx) => storeShownAgainToken(tx, access, user, '0'.repeat(40))),
      ).toBe(false)
      expect(await getOrCreateToken(ctx, access)).toBe(imported)
    })
  })

  describe('with a name', () => {
    it('are shown once and listed without their secret, the latest first', async () => {
      const { access, ctx, user } = await setUp()
      const first = await createToken(ctx, { userId: user, name: ' nightly job ' })
      const second = await createToken(ctx, {
        userId: user,
        name: 'other',
        expiresAt: new Date('2999-01-01T00:00:00Z'),
      })
      expect(first.token).toMatch(/^[0-9a-f]{40}$/)
      const listed = await listTokens(ctx, user)
      expect(listed.map(({ id, name, isShownAgain }) => ({ id, name, isShownAgain }))).toEqual([
        { id: second.tokenId, name: 'other', isShownAgain: false },
        { id: first.tokenId, name: 'nightly job', isShownAgain: false },
      ])
      expect(JSON.stringify(listed)).not.toContain(first.token)
      expect(await resolveCredential(ctx, access, { authorization: `Token ${first.token}` })).toMatchObject({
        actor: { id: user },
      })
      expect((await listTokens(ctx, user)).at(1)?.lastUsedAt).toBeInstanceOf(Date)
    })

    it.each([
      ['', undefined, 'name'],
      ['x'.repeat(101), undefined, 'name'],
      ['good', new Date('2000-01-01T00:00:00Z'), 'expiresAt'],
      ['good', new Date(Number.NaN), 'expiresAt'],
    ])('are refused when called %j or expiring %s', async (name, expiresAt, field) => {
      const { ctx, user } = await setUp()
      await expect(createToken(ctx, { userId: user, name, expiresAt })).rejects.toMatchObject({
        refusal: { kind: 'invalid-input', problems: [{ field }] },
      })
    })
  })

  it('of others are managed by whoever has the permission and may do no less', async () => {
    const { access, ctx, user, operator } = await setUp()
    const codes = (await findPermissions(operator.db))
      .filter(({ code }) => code === 'access.token.manage')
      .map(({ id }) => id)
    const managerId = await makeUser(operator, access)
    await createRecord(operator, groupRecord, { name: 'Managers', permissions: codes, users: [managerId] })
    const manager = await asUser(operator, managerId)
    const admin = await makeUser(operator, access, { isAdministrator: true })
    const token = await getOrCreateToken(manager, access, user)
    expect(await getOrCreateToken(ctx, access)).toBe(token)
    const refused = (permission: string) => ({ refusal: { kind: 'not-permitted', permission } })
    await expect(getOrCreateToken(ctx, access, managerId)).rejects.toMatchObject(
      refused('access.token.manage'),
    )
    await expect(createToken(ctx, { userId: managerId, name: 'a' })).rejects.toMatchObject(
      refused('access.token.manage'),
    )
    await expect(listTokens(ctx, managerId)).rejects.toMatchObject(refused('access.token.manage'))
    await expect(getOrCreateToken(manager, access, admin)).rejects.toMatchObject(
      refused('access.administrator'),
    )
    await expect(revokeToken(manager, 9999)).rejects.toMatchObject({ refusal: { kind: 'not-found' } })
    await expect(getOrCreateToken(manager, access, 9999)).rejects.toMatchObject({
      refusal: { kind: 'not-found' },
    })
  })
})
