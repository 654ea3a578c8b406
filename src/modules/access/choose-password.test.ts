import { describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { ANONYMOUS } from '../../core/actor.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { changeRecord } from '../records/save-record.ts'
import type { Access, SendMail } from './access.ts'
import { authenticatePassword } from './authenticate-password.ts'
import { changePassword } from './change-password.ts'
import { choosePassword, inspectLink } from './choose-password.ts'
import { findSession } from './find-session.ts'
import { inviteAgain, inviteUser } from './invite-user.ts'
import { userRecord } from './records/user.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resolveCredential } from './resolve-credential.ts'
import { setPassword } from './set-password.ts'
import { makeSetUpLink, setUpFirstAdministrator } from './set-up-first-administrator.ts'
import { startSession } from './start-session.ts'
import {
  ACCESS_TEST_MIGRATIONS,
  asUser,
  makeAccess,
  makeAccessContext,
  makeClock,
  makeUser,
  warmUp,
} from './testing.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const DEAD_LINK = { refusal: { kind: 'invalid-input', problems: [{ field: 'secret' }] } }

type Mail = Parameters<SendMail>[0]

function secretIn(text: string): string {
  const link = /https:\/\/lab\.example\.org\/app\/[a-z-]+#([A-Za-z0-9_-]{43})/.exec(text)
  if (!link?.[1]) throw new Error(`no link in ${text}`)
  return link[1]
}

forEachDatabase('passwords', ACCESS_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    const clock = makeClock()
    const operator = makeAccessContext(await open('fresh'), { now: clock.now })
    const mails: Mail[] = []
    const access = makeAccess({
      sendMail: async (mail) => {
        mails.push(mail)
      },
    })
    const anybody: Context = {
      ...operator,
      actor: ANONYMOUS,
      origin: { requestId: 'test', credential: 'none', address: '192.0.2.1' },
    }
    return { clock, operator, access, mails, anybody }
  }

  async function signsIn(ctx: Context, access: Access, name: string, password: string): Promise<boolean> {
    return (await authenticatePassword(ctx, access, { by: 'username', name, password })).kind === 'accepted'
  }

  describe('chosen by invitation', () => {
    it('come by a link to the public address that works once', async () => {
      const { operator, access, mails, anybody, clock } = await setUp()
      const invitation = await inviteUser(operator, access, {
        username: 'rita',
        firstName: 'Rita',
        email: 'rita@example.com',
      })
      expect(invitation).toMatchObject({ kind: 'mailed', to: 'rita@example.com' })
      expect(mails).toMatchObject([{ to: 'rita@example.com', subject: 'Your account' }])
      const secret = secretIn(mails[0]?.text ?? '')
      expect(await inspectLink(anybody, secret)).toEqual({
        purpose: 'invitation',
        username: 'rita',
        expiresAt: new Date(clock.now().getTime() + 7 * DAY_MS),
      })
      const stored = await operator.db
        .withTables<{ access_link: { id: number } }>()
        .selectFrom('access_link')
        .selectAll()
        .execute()
      expect(JSON.stringify(stored)).not.toContain(secret)

      await expect(choosePassword(anybody, access, { secret, password: 'short' })).rejects.toMatchObject({
        refusal: { problems: [{ field: 'password' }] },
      })
      expect(await choosePassword(anybody, access, { secret, password: 'tidal-orbit-47' })).toMatchObject({
        username: 'rita',
      })
      expect(await signsIn(anybody, access, 'rita', 'tidal-orbit-47')).toBe(true)
      expect(await inspectLink(anybody, secret)).toBeUndefined()
      await expect(
        choosePassword(anybody, access, { secret, password: 'other-orbit-48' }),
      ).rejects.toMatchObject(DEAD_LINK)
    })

    it('of two uses at once one wins', async () => {
      const { operator, access, mails, anybody } = await setUp()
      await inviteUser(operator, access, { username: 'rita', email: 'rita@example.com' })
      const secret = secretIn(mails[0]?.text ?? '')
      await warmUp(operator.database)
      const uses = ['tidal-orbit-47', 'other-orbit-48'].map((password) =>
        choosePassword(anybody, access, { secret, password }),
      )
      const results = await Promise.allSettled(uses)
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    it('expire after seven days, and an earlier link with the next one', async () => {
      const { operator, access, mails, anybody, clock } = await setUp()
      const { userId } = await inviteUser(operator, access, { username: 'rita', email: 'rita@example.com' })
      await inviteAgain(operator, access, userId)
      const [first = '', second = ''] = mails.map(({ text }) => secretIn(text))
      expect(await inspectLink(anybody, first)).toBeUndefined()
      clock.advance(7 * DAY_MS - 1)
      expect(await inspectLink(anybody, second)).toBeDefined()
      clock.advance(1)
      await expect(
        choosePassword(anybody, access, { secret: second, password: 'tidal-orbit-47' }),
      ).rejects.toMatchObject(DEAD_LINK)
    })

    it('are passed on by hand where no mail can be sent', async () => {
      const { operator, anybody } = await setUp()
      const access = makeAccess()
      const invitation = await inviteUser(operator, access, { username: 'rita' })
      if (invitation.kind !== 'to-pass-on') throw new Error('mailed')
      await choosePassword(anybody, access, { secret: secretIn(invitation.link), password: 'tidal-orbit-47' })
      expect(await signsIn(anybody, access, 'rita', 'tidal-orbit-47')).toBe(true)
    })

    it('need an address to be mailed, and leave no user behind without one', async () => {
      const { operator, access, mails } = await setUp()
      await expect(inviteUser(operator, access, { username: 'rita' })).rejects.toMatchObject({
        refusal: { problems: [{ field: 'email' }] },
      })
      await expect(
        inviteUser(operator, access, { username: 'a:b', email: 'a@example.com' }),
      ).rejects.toMatchObject({ refusal: { kind: 'invalid-input' } })
      expect(mails).toEqual([])
    })
  })

  describe('reset by mail', () => {
    it('end whatever was issued before', async () => {
      const { operator, access, mails, anybody, clock } = await setUp()
      const user = await makeUser(operator, access, {
        username: 'rita',
        email: 'Rita@Example.com',
        password: 'tidal-orbit-47',
      })
      const session = await startSession(await asUser(operator, user), access)
      const basic = {
        authorization: `Basic ${Buffer.from('rita:tidal-orbit-47').toString('base64')}`,
        basic: 'accepted',
      } as const
      expect(await resolveCredential(anybody, access, basic)).toHaveProperty('actor')
      clock.advance(1)
      await requestPasswordReset(anybody, access, 'rita@EXAMPLE.com')
      expect(mails).toMatchObject([{ to: 'Rita@Example.com', subject: 'Choose a new password' }])
      await choosePassword(anybody, access, {
        secret: secretIn(mails[0]?.text ?? ''),
        password: 'other-orbit-48',
      })
      expect(await findSession(anybody, session.secret)).toBeUndefined()
      expect(await resolveCredential(anybody, access, basic)).toMatchObject({ problem: 'basic-rejected' })
      expect(await signsIn(anybody, access, 'rita', 'other-orbit-48')).toBe(true)
    })

    it.each([['nobody@example.com'], [''], ['a\0@example.com'], ['\ud800']])(
      'say nothing about %j',
      async (email) => {
        const { access, mails, anybody } = await setUp()
        expect(await requestPasswordReset(anybody, access, email)).toBeUndefined()
        expect(mails).toEqual([])
      },
    )

    it('are not sent to inactive users, nor more than three times an hour', async () => {
      const { operator, access, mails, anybody, clock } = await setUp()
      const user = await makeUser(operator, access, { email: 'rita@example.com' })
      for (let count = 0; count < 5; count += 1)
        await requestPasswordReset(anybody, access, 'rita@example.com')
      expect(mails.length).toBe(3)
      clock.advance(60 * MINUTE_MS)
      await requestPasswordReset(anybody, access, 'rita@example.com')
      expect(mails.length).toBe(4)
      await changeRecord(operator, userRecord, user, 1, { isActive: false })
      clock.advance(60 * MINUTE_MS)
      await requestPasswordReset(anybody, access, 'rita@example.com')
      expect(mails.length).toBe(4)
    })

    it('expire after an hour, and are dead for users who became inactive', async () => {
      const { operator, access, mails, anybody, clock } = await setUp()
      const user = await makeUser(operator, access, { email: 'rita@example.com' })
      await requestPasswordReset(anybody, access, 'rita@example.com')
      await changeRecord(operator, userRecord, user, 1, { isActive: false })
      const secret = secretIn(mails[0]?.text ?? '')
      await expect(
        choosePassword(anybody, access, { secret, password: 'tidal-orbit-47' }),
      ).rejects.toMatchObject(DEAD_LINK)
      await changeRecord(operator, userRecord, user, 2, { isActive: true })
      clock.advance(60 * MINUTE_MS)
      await expect(
        choosePassword(anybody, access, { secret, password: 'tidal-orbit-47' }),
      ).rejects.toMatchObject(DEAD_LINK)
    })
  })

  describe('changed by their owner', () => {
    it('need the old one, and end everything but the present session', async () => {
      const { operator, access, anybody, clock } = await setUp()
      const user = await makeUser(operator, access, { username: 'rita', password: 'tidal-orbit-47' })
      const rita = await asUser(operator, user)
      const [kept, ended] = [await startSession(rita, access), await startSession(rita, access)]
      clock.advance(1)
      const attempt = (oldPassword: string, newPassword: string) =>
        changePassword(rita, access, { oldPassword, newPassword, keepSessionId: kept.sessionId })
      const field = (name: string) => ({ refusal: { kind: 'invalid-input', problems: [{ field: name }] } })
      await expect(attempt('wrong', 'other-orbit-48')).rejects.toMatchObject(field('oldPassword'))
      await expect(attempt('tidal-orbit-47', 'short')).rejects.toMatchObject(field('newPassword'))
      await expect(attempt('tidal-orbit-47', 'tidal-orbit-47')).rejects.toMatchObject(field('newPassword'))
      await attempt('tidal-orbit-47', 'other-orbit-48')
      expect(await findSession(anybody, kept.secret)).toBeDefined()
      expect(await findSession(anybody, ended.secret)).toBeUndefined()
      expect(await signsIn(anybody, access, 'rita', 'tidal-orbit-47')).toBe(false)
      expect(await signsIn(anybody, access, 'rita', 'other-orbit-48')).toBe(true)
    })

    it('cannot be guessed from a stolen session', async () => {
      const { operator, access } = await setUp()
      const rita = await asUser(operator, await makeUser(operator, access, { password: 'tidal-orbit-47' }))
      const attempt = () =>
        changePassword(rita, access, { oldPassword: 'wrong', newPassword: 'other-orbit-48' })
      for (let count = 0; count < 10; count += 1)
        await expect(attempt()).rejects.toMatchObject({ refusal: { kind: 'invalid-input' } })
      await expect(attempt()).rejects.toMatchObject({
        refusal: { kind: 'too-many-attempts', retryAfterS: 60 },
      })
    })
  })

  describe('set by an administrator', () => {
    it('end everything that was issued', async () => {
      const { operator, access, anybody } = await setUp()
      const user = await makeUser(operator, access, { username: 'rita', password: 'tidal-orbit-47' })
      const session = await startSession(await asUser(operator, user), access)
      await expect(
        setPassword(operator, access, { userId: user, password: '1234567890' }),
      ).rejects.toMatchObject({ refusal: { kind: 'invalid-input' } })
      await setPassword(operator, access, { userId: user, password: 'other-orbit-48' })
      expect(await findSession(anybody, session.secret)).toBeUndefined()
      expect(await signsIn(anybody, access, 'rita', 'other-orbit-48')).toBe(true)
    })

    it('are not a way round the old one, nor to other people’s accounts', async () => {
      const { operator, access } = await setUp()
      const [user, other] = [await makeUser(operator, access), await makeUser(operator, access)]
      const rita = await asUser(operator, user)
      await expect(
        setPassword(rita, access, { userId: user, password: 'other-orbit-48' }),
      ).rejects.toMatchObject({ refusal: { kind: 'conflict' } })
      await expect(
        setPassword(rita, access, { userId: other, password: 'other-orbit-48' }),
      ).rejects.toMatchObject({ refusal: { kind: 'not-permitted' } })
    })
  })

  describe('of the first administrator', () => {
    const given = { username: 'root', password: 'tidal-orbit-47', email: 'root@example.com' }

    it('are chosen by the link that the operator is shown', async () => {
      const { operator, access, anybody } = await setUp()
      const link = (await makeSetUpLink(operator, access)) ?? ''
      expect(link).toMatch(/^https:\/\/lab\.example\.org\/app\/set-up#/)
      const secret = secretIn(link)
      expect(await inspectLink(anybody, secret)).toMatchObject({ purpose: 'set-up', username: null })
      await expect(
        choosePassword(anybody, access, { secret, password: 'tidal-orbit-47' }),
      ).rejects.toMatchObject(DEAD_LINK)
      await expect(
        setUpFirstAdministrator(anybody, access, { ...given, secret, password: 'short' }),
      ).rejects.toMatchObject({ refusal: { problems: [{ field: 'password' }] } })
      const admin = await setUpFirstAdministrator(anybody, access, { ...given, secret })
      expect(admin).toMatchObject({ username: 'root', isAdministrator: true })
      expect(await signsIn(anybody, access, 'root', 'tidal-orbit-47')).toBe(true)
      expect(await makeSetUpLink(operator, access)).toBeUndefined()
      await expect(
        setUpFirstAdministrator(anybody, access, { ...given, secret, username: 'second' }),
      ).rejects.toMatchObject(DEAD_LINK)
    })

    it('are one, whatever happens at once', async () => {
      const { operator, access, anybody } = await setUp()
      const secret = secretIn((await makeSetUpLink(operator, access)) ?? '')
      await warmUp(operator.database)
      const uses = ['a', 'b'].map((username) =>
        setUpFirstAdministrator(anybody, access, { ...given, username, email: null, secret }),
      )
      const results = await Promise.allSettled(uses)
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    it('need the newest link, and no other kind of link', async () => {
      const { operator, access, anybody, mails } = await setUp()
      const old = secretIn((await makeSetUpLink(operator, access)) ?? '')
      const newest = secretIn((await makeSetUpLink(operator, access)) ?? '')
      await inviteUser(operator, access, { username: 'rita', email: 'rita@example.com' })
      for (const secret of [old, secretIn(mails[0]?.text ?? ''), 'nonsense', '']) {
        await expect(setUpFirstAdministrator(anybody, access, { ...given, secret })).rejects.toMatchObject(
          DEAD_LINK,
        )
      }
      await setUpFirstAdministrator(anybody, access, { ...given, secret: newest })
      await expect(makeSetUpLink(anybody, access)).rejects.toMatchObject({
        refusal: { kind: 'not-permitted' },
      })
    })
  })
})
