import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { removeRecord } from '../records/retire-record.ts'
import { changeRecord, createRecord } from '../records/save-record.ts'
import { countingStatements } from '../records/testing.ts'
import { actingAs } from './acting-as.ts'
import { createApiKey } from './create-api-key.ts'
import { createToken } from './create-token.ts'
import type { Authenticated, Resolved } from './domain/credential.ts'
import { endAllSessions } from './end-session.ts'
import { getOrCreateToken } from './get-or-create-token.ts'
import { issueTokenPair } from './issue-token-pair.ts'
import { groupRecord } from './records/group.ts'
import { userRecord } from './records/user.ts'
import { type Presented, resolveCredential } from './resolve-credential.ts'
import { deleteApiKey, revokeApiKey } from './revoke-api-key.ts'
import { revokeToken } from './revoke-token.ts'
import { startSession } from './start-session.ts'
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

const MINUTE_MS = 60_000

const DECLARED = {
  permissions: [
    { code: 'dicom.read', title: 'Read', module: 'dicom' },
    { code: 'lims.sample.add', title: 'Add samples', module: 'lims' },
  ],
  groups: [],
  grants: [],
}

/** How many statements run while `run` does. */
async function countStatements<T>(
  ctx: Context,
  run: (ctx: Context) => Promise<T>,
): Promise<{ statements: number; result: T }> {
  const counting = countingStatements(ctx)
  const result = await run(counting.ctx)
  return { statements: counting.count(), result }
}

function authenticated(resolved: Resolved): Authenticated {
  if (!('actor' in resolved)) throw new Error(`refused: ${resolved.problem}`)
  return resolved
}

forEachDatabase('credentials', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const clock = makeClock()
    const operator = makeAccessContext(await open('fresh'), { now: clock.now })
    const access = makeAccess()
    await syncPermissions(operator, DECLARED)
    const permissions = (await findPermissions(operator.db)).map(({ id }) => id)
    const user = await makeUser(operator, access, {
      username: 'rita',
      password: 'tidal-orbit-47',
      firstName: 'Rita',
      lastName: 'Mohale',
    })
    const group = await makeGroup(operator, 'Both', permissions, [user])
    const ctx: Context = {
      ...operator,
      actor: { kind: 'anonymous' },
      origin: { requestId: 'test', credential: 'none', address: '192.0.2.1' },
    }
    const mine = await asUser(ctx, user)
    const resolve = (presented: Presented) => resolveCredential(ctx, access, presented)
    const problemOf = async (presented: Presented) => {
      const resolved = await resolve(presented)
      return 'problem' in resolved ? resolved.problem : 'accepted'
    }
    return { clock, operator, access, user, group, ctx, mine, resolve, problemOf }
  }

  async function makeGroup(
    ctx: Context,
    name: string,
    permissions: readonly number[],
    users: readonly number[],
  ) {
    return createRecord(ctx, groupRecord, { name, permissions, users })
  }

  it('of every kind lead to the same user with the same permissions', async () => {
    const { access, mine, resolve, user, group } = await setUp()
    const session = await startSession(mine, access)
    const token = await getOrCreateToken(mine, access)
    const pair = await issueTokenPair(mine, access, 'dmlf')
    const basic = Buffer.from('rita:tidal-orbit-47').toString('base64')
    const presented: [string, Presented][] = [
      ['session', { cookies: { touchstone_session: session.secret } }],
      ['session', { cookies: { session_id: session.secret } }],
      ['session', { cookies: { __ac: `"${session.secret}"` } }],
      ['token', { authorization: `Token ${token}` }],
      ['token', { authorization: `Bearer ${token}` }],
      ['jwt', { authorization: `Bearer ${pair.access}` }],
      ['basic', { authorization: `Basic ${basic}`, basic: 'accepted' }],
    ]
    for (const [kind, given] of presented) {
      const { actor, credential } = authenticated(await resolve(given))
      expect(credential.kind).toBe(kind)
      expect(actor).toEqual({
        kind: 'user',
        id: user,
        username: 'rita',
        isAdministrator: false,
        permissions: new Set(['dicom.read', 'lims.sample.add']),
        groupIds: [group.id],
      })
    }
  })

  it('of an API key grant DICOM only, to an administrator too', async () => {
    const { operator, mine, user, resolve } = await setUp()
    const { key } = await createApiKey(mine, { userId: user, name: 'script' })
    const limited = { isAdministrator: false, permissions: new Set(['dicom.read']) }
    expect(authenticated(await resolve({ authorization: `ApiKey ${key}` })).actor).toMatchObject(limited)
    expect(authenticated(await resolve({ authorization: key })).actor).toMatchObject(limited)
    await changeRecord(operator, userRecord, user, 1, { isAdministrator: true })
    expect(authenticated(await resolve({ authorization: `ApiKey ${key}` })).actor).toMatchObject(limited)
  })

  it('cost one statement a request once the user is known, and a write a minute at most', async () => {
    const { access, mine, ctx, clock } = await setUp()
    const session = await startSession(mine, access)
    const token = await getOrCreateToken(mine, access)
    const pair = await issueTokenPair(mine, access, 'dmlf')
    const fresh = makeAccess()
    const token1 = { authorization: `Token ${token}` }
    const first = await countStatements(ctx, (counted) => resolveCredential(counted, fresh, token1))
    // the token with the epoch, the account, and the note of the first use
    expect(first.statements).toBe(3)
    for (const presented of [
      token1,
      { cookies: { session_id: session.secret } },
      { authorization: `Bearer ${pair.access}` },
    ]) {
      const { statements, result } = await countStatements(ctx, (counted) =>
        resolveCredential(counted, fresh, presented),
      )
      expect('actor' in result).toBe(true)
      expect(statements).toBe(1)
    }
    clock.advance(MINUTE_MS + 1)
    const noted = await countStatements(ctx, (counted) => resolveCredential(counted, fresh, token1))
    expect(noted.statements).toBe(2)
  })

  describe('are refused', () => {
    it.each<[string, Presented, string]>([
      ['nothing', {}, 'none'],
      ['an unknown scheme', { authorization: 'Digest abc' }, 'none'],
      ['Basic where it is not accepted', { authorization: 'Basic cml0YTp0aWRhbC1vcmJpdC00Nw==' }, 'none'],
      ['broken Basic where it is not accepted', { authorization: 'Basic !' }, 'none'],
      ['broken Basic', { authorization: 'Basic !', basic: 'accepted' }, 'basic-malformed'],
      ['wrong Basic', { authorization: 'Basic cml0YTp3cm9uZw==', basic: 'accepted' }, 'basic-rejected'],
      ['Token alone', { authorization: 'Token' }, 'token-empty'],
      ['two tokens', { authorization: 'Token a b' }, 'token-with-spaces'],
      ['undecodable', { authorization: 'Token \xff' }, 'token-with-invalid-characters'],
      ['an unknown token', { authorization: `Token ${'0'.repeat(40)}` }, 'token-unknown'],
      ['an unknown token as Bearer', { authorization: `Bearer ${'0'.repeat(40)}` }, 'jwt-invalid'],
      ['Bearer alone', { authorization: 'Bearer' }, 'bearer-malformed'],
      ['junk as Bearer', { authorization: 'Bearer x.y.z' }, 'jwt-invalid'],
      ['a megabyte as Bearer', { authorization: `Bearer ${'x'.repeat(1_000_000)}` }, 'jwt-invalid'],
      ['an unsigned JWT', { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJ1c2VyX2lkIjoxfQ.' }, 'jwt-invalid'],
      ['a malformed API key', { authorization: 'ApiKey nonsense' }, 'api-key-invalid'],
      [
        'an unknown API key',
        { authorization: `ApiKey ${'a'.repeat(8)}.${'b'.repeat(32)}` },
        'api-key-invalid',
      ],
      [
        'an unknown session',
        { cookies: { session_id: 'f1d0e056-2440-43bd-b640-f6753ccf4496' } },
        'session-expired',
      ],
      ['an empty cookie', { cookies: { __ac: '' } }, 'session-expired'],
    ])('%s', async (_, presented, problem) => {
      const { problemOf } = await setUp()
      expect(await problemOf(presented)).toBe(problem)
    })

    it('a bad header, even beside a good session; an ignored one falls back to it', async () => {
      const { access, mine, problemOf } = await setUp()
      const cookies = { touchstone_session: (await startSession(mine, access)).secret }
      expect(await problemOf({ authorization: `Token ${'0'.repeat(40)}`, cookies })).toBe('token-unknown')
      expect(await problemOf({ authorization: 'Digest x', cookies })).toBe('accepted')
    })

    it('a stale cookie under one name is no matter when another one is good', async () => {
      const { access, mine, problemOf } = await setUp()
      const { secret } = await startSession(mine, access)
      expect(await problemOf({ cookies: { touchstone_session: 'stale', session_id: secret } })).toBe(
        'accepted',
      )
    })

    it('revoked and expired tokens', async () => {
      const { mine, user, clock, problemOf } = await setUp()
      const revoked = await createToken(mine, { userId: user, name: 'a' })
      const expiring = await createToken(mine, {
        userId: user,
        name: 'b',
        expiresAt: new Date(clock.now().getTime() + MINUTE_MS),
      })
      expect(await problemOf({ authorization: `Token ${revoked.token}` })).toBe('accepted')
      await revokeToken(mine, revoked.tokenId)
      expect(await problemOf({ authorization: `Token ${revoked.token}` })).toBe('token-unknown')
      expect(await problemOf({ authorization: `Token ${expiring.token}` })).toBe('accepted')
      clock.advance(MINUTE_MS)
      expect(await problemOf({ authorization: `Token ${expiring.token}` })).toBe('token-unknown')
    })

    it('revoked, deleted, expired and altered API keys', async () => {
      const { mine, user, clock, problemOf } = await setUp()
      const keys = [
        await createApiKey(mine, { userId: user, name: 'a' }),
        await createApiKey(mine, { userId: user, name: 'b' }),
        await createApiKey(mine, {
          userId: user,
          name: 'c',
          expiresAt: new Date(clock.now().getTime() + MINUTE_MS),
        }),
      ]
      const [a = '', b = '', c = ''] = keys.map(({ key }) => `ApiKey ${key}`)
      await revokeApiKey(mine, user, { number: 1 })
      await deleteApiKey(mine, user, { number: 2 })
      expect(await problemOf({ authorization: a })).toBe('api-key-revoked')
      expect(await problemOf({ authorization: `${a.slice(0, -1)}!` })).toBe('api-key-invalid')
      expect(await problemOf({ authorization: a.slice(0, -1) + (a.endsWith('x') ? 'y' : 'x') })).toBe(
        'api-key-invalid',
      )
      expect(await problemOf({ authorization: b })).toBe('api-key-invalid')
      expect(await problemOf({ authorization: c })).toBe('accepted')
      clock.advance(MINUTE_MS)
      expect(await problemOf({ authorization: c })).toBe('api-key-expired')
    })

    it('JWTs that are expired, of the wrong type, without a user, or signed by another installation', async () => {
      const { access, mine, clock, problemOf, user } = await setUp()
      const pair = await issueTokenPair(mine, access, 'dicom')
      expect(await problemOf({ authorization: `Bearer ${pair.refresh}` })).toBe('jwt-wrong-type')
      const claims = { token_type: 'access', exp: clock.now().getTime() / 1000 + 60 }
      const sign = (payload: Record<string, unknown>, key: Uint8Array) =>
        new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(key)
      const own = access.keys.derive('jwt')
      expect(await problemOf({ authorization: `Bearer ${await sign(claims, own)}` })).toBe('jwt-without-user')
      expect(
        await problemOf({ authorization: `Bearer ${await sign({ ...claims, user_id: 'x' }, own)}` }),
      ).toBe('jwt-without-user')
      expect(
        await problemOf({ authorization: `Bearer ${await sign({ ...claims, user_id: 99_999 }, own)}` }),
      ).toBe('user-not-found')
      expect(
        await problemOf({
          authorization: `Bearer ${await sign({ ...claims, user_id: user }, Buffer.alloc(32))}`,
        }),
      ).toBe('jwt-invalid')
      expect(
        await problemOf({
          authorization: `Bearer ${await sign({ token_type: 'access', user_id: user }, own)}`,
        }),
      ).toBe('jwt-invalid')
      clock.advance(15 * MINUTE_MS - 1000)
      expect(await problemOf({ authorization: `Bearer ${pair.access}` })).toBe('accepted')
      clock.advance(1000)
      expect(await problemOf({ authorization: `Bearer ${pair.access}` })).toBe('jwt-invalid')
    })

    it('everything of an inactive user, at once and on every server', async () => {
      const { operator, access, mine, user, ctx } = await setUp()
      const servers = [access, makeAccess()]
      const session = await startSession(mine, access)
      const { key } = await createApiKey(mine, { userId: user, name: 'a' })
      const presented: [Presented, string][] = [
        [{ cookies: { session_id: session.secret } }, 'session-expired'],
        [{ authorization: `Token ${await getOrCreateToken(mine, access)}` }, 'user-inactive'],
        [{ authorization: `Bearer ${(await issueTokenPair(mine, access, 'dmlf')).access}` }, 'user-inactive'],
        [{ authorization: `ApiKey ${key}` }, 'user-inactive'],
        [
          {
            authorization: `Basic ${Buffer.from('rita:tidal-orbit-47').toString('base64')}`,
            basic: 'accepted',
          },
          'basic-rejected',
        ],
      ]
      for (const server of servers) {
        for (const [given] of presented) authenticated(await resolveCredential(ctx, server, given))
      }
      await changeRecord(operator, userRecord, user, 1, { isActive: false })
      for (const server of servers) {
        for (const [given, problem] of presented) {
          expect(await resolveCredential(ctx, server, given)).toMatchObject({ problem })
        }
      }
    })

    it('what was issued before everything was ended, but neither tokens nor what came later', async () => {
      const { access, mine, user, clock, problemOf } = await setUp()
      const session = await startSession(mine, access)
      const pair = await issueTokenPair(mine, access, 'dmlf')
      const token = await getOrCreateToken(mine, access)
      clock.advance(5000)
      await endAllSessions(mine, user)
      expect(await problemOf({ cookies: { session_id: session.secret } })).toBe('session-expired')
      expect(await problemOf({ authorization: `Bearer ${pair.access}` })).toBe('password-changed')
      expect(await problemOf({ authorization: `Token ${token}` })).toBe('accepted')
      const later = await issueTokenPair(mine, access, 'dmlf')
      expect(await problemOf({ authorization: `Bearer ${later.access}` })).toBe('accepted')
    })
  })

  it('see changed permissions at once, on every server', async () => {
    const { operator, access, mine, ctx, group } = await setUp()
    const presented = { authorization: `Token ${await getOrCreateToken(mine, access)}` }
    const servers = [access, makeAccess()]
    const permissions = async () =>
      Promise.all(
        servers.map(async (server) => [
          ...authenticated(await resolveCredential(ctx, server, presented)).actor.permissions,
        ]),
      )
    expect(await permissions()).toEqual([
      ['dicom.read', 'lims.sample.add'],
      ['dicom.read', 'lims.sample.add'],
    ])
    const dicom = (await findPermissions(ctx.db))
      .filter(({ module }) => module === 'dicom')
      .map(({ id }) => id)
    await changeRecord(operator, groupRecord, group.id, 1, { permissions: dicom })
    expect(await permissions()).toEqual([['dicom.read'], ['dicom.read']])
    await removeRecord(operator, groupRecord, group.id)
    expect(await permissions()).toEqual([[], []])
  })

  it('give an administrator every permission', async () => {
    const { operator, access, ctx } = await setUp()
    const admin = await makeUser(operator, access, { isAdministrator: true })
    const token = await getOrCreateToken(await asUser(ctx, admin), access)
    const { actor } = authenticated(await resolveCredential(ctx, access, { authorization: `Token ${token}` }))
    expect(actor).toMatchObject({
      isAdministrator: true,
      permissions: new Set(['dicom.read', 'lims.sample.add']),
    })
  })

  it('remember good Basic log-ins for five minutes, until the password or the name changes', async () => {
    const { operator, access, ctx, clock, user } = await setUp()
    const basic = {
      authorization: `Basic ${Buffer.from('rita:tidal-orbit-47').toString('base64')}`,
      basic: 'accepted',
    } as const
    let verified = 0
    const counting = makeAccess({
      passwords: {
        ...access.passwords,
        verify: (stored, password) => {
          verified += 1
          return access.passwords.verify(stored, password)
        },
      },
    })
    const resolve = () => resolveCredential(ctx, counting, basic)
    await resolve()
    await resolve()
    expect(verified).toBe(1)
    clock.advance(5 * MINUTE_MS)
    await resolve()
    expect(verified).toBe(2)
    await changeRecord(operator, userRecord, user, 1, { username: 'rita-2' })
    expect(await resolve()).toMatchObject({ problem: 'basic-rejected' })
    expect(verified).toBe(3)
  })

  it('say how long to wait when Basic was tried too often', async () => {
    const { access, ctx } = await setUp()
    const wrong = {
      authorization: `Basic ${Buffer.from('rita:wrong').toString('base64')}`,
      basic: 'accepted',
    } as const
    for (let count = 0; count < 10; count += 1) await resolveCredential(ctx, access, wrong)
    expect(await resolveCredential(ctx, access, wrong)).toEqual({
      problem: 'too-many-attempts',
      presented: 'basic',
      retryAfterS: 60,
    })
  })

  it('cannot make others when they are an API key, a token or Basic', async () => {
    const { access, mine, user } = await setUp()
    if (mine.actor.kind !== 'user') throw new Error('not a user')
    for (const credential of ['api-key', 'token', 'basic', 'none'] as const) {
      const ctx = actingAs(mine, mine.actor, credential)
      const refused = { refusal: { kind: 'not-permitted', permission: 'access.credentials.manage' } }
      await expect(createApiKey(ctx, { userId: user, name: 'a' })).rejects.toMatchObject(refused)
      await expect(createToken(ctx, { userId: user, name: 'a' })).rejects.toMatchObject(refused)
      await expect(getOrCreateToken(ctx, access)).rejects.toMatchObject(refused)
      await expect(issueTokenPair(ctx, access, 'dmlf')).rejects.toMatchObject(refused)
      await expect(startSession(ctx, access)).rejects.toMatchObject(refused)
    }
  })
})
