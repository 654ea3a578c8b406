import { expect, it } from 'vitest'
import { inTransaction } from '../../context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { createApiKey, storeApiKey } from './create-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'
import { resolveCredential } from './resolve-credential.ts'
import { deleteApiKey, revokeApiKey } from './revoke-api-key.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  asUser,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
} from './testing.ts'

forEachDatabase('API keys', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const clock = makeClock()
    const operator = makeAccessContext(await open(), { now: clock.now })
    const access = makeAccess()
    const user = await makeUser(operator, access)
    return { clock, operator, access, user, ctx: await asUser(operator, user, 'jwt') }
  }

  it('are a prefix and a secret, of which only the prefix and a hash are kept', async () => {
    const { ctx, user, clock } = await setUp()
    const created = await createApiKey(ctx, { userId: user, name: 'New API Key' })
    expect(created.key).toMatch(/^[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}$/)
    expect(created).toMatchObject({
      number: 1,
      name: 'New API Key',
      prefix: created.key.slice(0, 8),
      createdAt: clock.now(),
      expiresAt: null,
    })
    const rows = await ctx.db
      .withTables<{ access_api_key: { prefix: string } }>()
      .selectFrom('access_api_key')
      .selectAll()
      .execute()
    expect(JSON.stringify(rows)).not.toContain(created.key.slice(9))
  })

  it('are numbered for each developer from 1, and no number comes twice', async () => {
    const { ctx, user, operator, access } = await setUp()
    const other = await makeUser(operator, access)
    const numbers = async () => (await createApiKey(ctx, { userId: user, name: 'a' })).number
    expect(await numbers()).toBe(1)
    expect(await numbers()).toBe(2)
    await deleteApiKey(ctx, user, { number: 2 })
    expect(await numbers()).toBe(3)
    expect((await createApiKey(await asUser(operator, other), { userId: other, name: 'a' })).number).toBe(1)
  })

  it('are numbered apart when several are made at once', async () => {
    const { ctx, user } = await setUp()
    const made = await Promise.all(
      Array.from({ length: 8 }, () => createApiKey(ctx, { userId: user, name: 'a' })),
    )
    expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('are listed newest first, revoked ones included and deleted ones not', async () => {
    const { ctx, user } = await setUp()
    for (const name of ['a', 'b', 'c']) await createApiKey(ctx, { userId: user, name })
    await revokeApiKey(ctx, user, { number: 1 })
    await deleteApiKey(ctx, user, { number: 2 })
    const listed = await listApiKeys(ctx, user)
    expect(listed.map(({ number, name, revokedAt }) => [number, name, revokedAt !== null])).toEqual([
      [3, 'c', false],
      [1, 'a', true],
    ])
  })

  it('are deleted by their prefix as well, and only once', async () => {
    const { ctx, user } = await setUp()
    const { prefix } = await createApiKey(ctx, { userId: user, name: 'a' })
    await deleteApiKey(ctx, user, { prefix })
    await expect(deleteApiKey(ctx, user, { prefix })).rejects.toMatchObject({
      refusal: { kind: 'not-found', what: 'API key', id: prefix },
    })
  })

  it('of others are out of reach', async () => {
    const { ctx, user, operator, access } = await setUp()
    await createApiKey(ctx, { userId: user, name: 'a' })
    const stranger = await asUser(operator, await makeUser(operator, access))
    const refused = { refusal: { kind: 'not-permitted', permission: 'access.token.manage' } }
    await expect(deleteApiKey(stranger, user, { number: 1 })).rejects.toMatchObject(refused)
    await expect(listApiKeys(stranger, user)).rejects.toMatchObject(refused)
    await expect(createApiKey(stranger, { userId: user, name: 'a' })).rejects.toMatchObject(refused)
  })

  it('can be given, in the documented form only', async () => {
    const { ctx, user, operator, access } = await setUp()
    const key = 'amRqSgZZ.CLevHmvt7WJucw2gKA5sGhEUs2Fh6Svq'
    await inTransaction(operator, (tx) => storeApiKey(tx, { userId: user, name: 'printed' }, key))
    expect(await resolveCredential(ctx, access, { authorization: `ApiKey ${key}` })).toMatchObject({
      actor: { id: user },
    })
    const wrong = inTransaction(operator, (tx) =>
      storeApiKey(tx, { userId: user, name: 'x' }, 'API_KEY_12345'),
    )
    await expect(wrong).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field: 'key' }] },
    })
  })

  it('have names of 50 characters at most', async () => {
    const { ctx, user } = await setUp()
    expect((await createApiKey(ctx, { userId: user, name: 'x'.repeat(50) })).name.length).toBe(50)
    await expect(createApiKey(ctx, { userId: user, name: 'x'.repeat(51) })).rejects.toMatchObject({
      refusal: {
        problems: [{ field: 'name', problem: 'Ensure this field has no more than 50 characters.' }],
      },
    })
  })
})
