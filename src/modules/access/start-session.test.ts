import { expect, it } from 'vitest'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { endAllSessions, endSession, revokeSession } from './end-session.ts'
import { findSession } from './find-session.ts'
import { listSessions } from './list-sessions.ts'
import { purgeExpired } from './purge-expired.ts'
import { csrfTokenOf, isCsrfTokenOf } from './session-csrf.ts'
import { startSession } from './start-session.ts'
import { findSessionsOf } from './store/sessions.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  asUser,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
} from './testing.ts'

const MINUTE_MS = 60_000

forEachDatabase('sessions', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const clock = makeClock()
    const operator = makeAccessContext(await open(), { now: clock.now })
    const access = makeAccess({ settings: { session: { totalMs: 600 * MINUTE_MS, idleMs: 60 * MINUTE_MS } } })
    const user = await makeUser(operator, access)
    const ctx = await asUser(operator, user, 'password')
    return { clock, operator, access, user, ctx }
  }

  it('have a random UUID for a cookie, of which only the hash is kept', async () => {
    const { access, ctx, clock } = await setUp()
    const { secret, expiresAt } = await startSession(ctx, access, { userAgent: 'Firefox\0' })
    expect(secret).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(expiresAt).toEqual(new Date(clock.now().getTime() + 600 * MINUTE_MS))
    const rows = await ctx.db
      .withTables<{ access_session: { user_agent: string } }>()
      .selectFrom('access_session')
      .selectAll()
      .execute()
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(rows.at(-1)?.user_agent).toBe('Firefox')
  })

  it('end after an hour without a request, and not before', async () => {
    const { access, ctx, clock } = await setUp()
    const { secret } = await startSession(ctx, access)
    clock.advance(59 * MINUTE_MS)
    expect(await findSession(ctx, secret)).toBeDefined()
    clock.advance(59 * MINUTE_MS)
    expect(await findSession(ctx, secret)).toBeDefined()
    clock.advance(60 * MINUTE_MS)
    expect(await findSession(ctx, secret)).toBeUndefined()
  })

  it('end at their expiry however much they are used', async () => {
    const { access, ctx, clock } = await setUp()
    const { secret } = await startSession(ctx, access)
    for (let count = 0; count < 19; count += 1) {
      clock.advance(30 * MINUTE_MS)
      expect(await findSession(ctx, secret)).toBeDefined()
    }
    clock.advance(30 * MINUTE_MS)
    expect(await findSession(ctx, secret)).toBeUndefined()
  })

  it('last as long as a dialect documents, without an end by idleness', async () => {
    const { access, ctx, clock } = await setUp()
    const { secret } = await startSession(ctx, access, {
      lifetime: { totalMs: 7200 * MINUTE_MS, idleMs: null },
    })
    clock.advance(7199 * MINUTE_MS)
    expect(await findSession(ctx, secret)).toBeDefined()
    clock.advance(MINUTE_MS)
    expect(await findSession(ctx, secret)).toBeUndefined()
  })

  it('note when they were last seen, once a minute at most', async () => {
    const { access, ctx, clock, user } = await setUp()
    const { secret } = await startSession(ctx, access)
    const started = clock.now()
    clock.advance(MINUTE_MS)
    await findSession(ctx, secret)
    expect((await findSessionsOf(ctx.db, user))[0]?.lastSeenAt).toEqual(started)
    clock.advance(1)
    await findSession(ctx, secret)
    expect((await findSessionsOf(ctx.db, user))[0]?.lastSeenAt).toEqual(clock.now())
  })

  it('end when their user says so, and only then', async () => {
    const { access, ctx } = await setUp()
    const [first, second] = [await startSession(ctx, access), await startSession(ctx, access)]
    await endSession(ctx, first.secret)
    await endSession(ctx, first.secret)
    expect(await findSession(ctx, first.secret)).toBeUndefined()
    expect(await findSession(ctx, second.secret)).toBeDefined()
  })

  it('end all at once but the one in which it is asked for', async () => {
    const { access, ctx, user, operator } = await setUp()
    const others = await startSession(await asUser(operator, await makeUser(operator, access)), access)
    const [kept, ended] = [await startSession(ctx, access), await startSession(ctx, access)]
    await endAllSessions(ctx, user, kept.sessionId)
    expect(await findSession(ctx, kept.secret)).toBeDefined()
    expect(await findSession(ctx, ended.secret)).toBeUndefined()
    expect(await findSession(ctx, others.secret)).toBeDefined()
  })

  it('are listed to their user while they live, and to nobody else', async () => {
    const { access, ctx, user, operator, clock } = await setUp()
    const first = await startSession(ctx, access, { userAgent: 'Firefox' })
    clock.advance(MINUTE_MS)
    const second = await startSession(ctx, access)
    expect((await listSessions(ctx, user)).map(({ id }) => id)).toEqual([second.sessionId, first.sessionId])
    clock.advance(59 * MINUTE_MS)
    expect((await listSessions(ctx, user)).map(({ id }) => id)).toEqual([second.sessionId])
    const stranger = await asUser(operator, await makeUser(operator, access))
    const refused = { refusal: { kind: 'not-permitted', permission: 'access.user.change' } }
    await expect(listSessions(stranger, user)).rejects.toMatchObject(refused)
    await expect(revokeSession(stranger, second.sessionId)).rejects.toMatchObject(refused)
    await revokeSession(ctx, second.sessionId)
    expect(await listSessions(ctx, user)).toEqual([])
    await expect(revokeSession(ctx, second.sessionId)).rejects.toMatchObject({
      refusal: { kind: 'not-found' },
    })
  })

  it('are not started for nobody', async () => {
    const { access, operator } = await setUp()
    await expect(startSession(operator, access)).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
  })

  it('are removed some time after they ended', async () => {
    const { access, ctx, user, clock, operator } = await setUp()
    await startSession(ctx, access)
    clock.advance(601 * MINUTE_MS)
    const living = await startSession(ctx, access)
    await purgeExpired(operator)
    expect((await findSessionsOf(ctx.db, user)).map(({ id }) => id)).toEqual([living.sessionId])
  })

  it('prove that a page was shown to them by a token of their own', async () => {
    const { access } = await setUp()
    const token = csrfTokenOf(access, 'secret')
    expect(token).toMatch(/^[0-9a-f]{40}$/)
    expect(isCsrfTokenOf(makeAccess(), 'secret', token)).toBe(true)
    expect(isCsrfTokenOf(access, 'other', token)).toBe(false)
    expect(isCsrfTokenOf(access, 'secret', undefined)).toBe(false)
  })
})
