import { afterAll, beforeAll, expect, it } from 'vitest'
import { equals } from '../../core/query.ts'
import { makeSetUpLink } from '../../modules/access/set-up-first-administrator.ts'
import { makeAccess, makeUser } from '../../modules/access/testing.ts'
import { mailQueue } from '../../modules/notifications/queue-mail.ts'
import { deliveryRecord } from '../../modules/notifications/records/delivery.ts'
import { sendDelivery } from '../../modules/notifications/send-delivery.ts'
import {
  type MailServer,
  makeNotificationContext,
  makeNotifications,
  NOTIFICATION_TEST_MIGRATIONS,
  startMailServer,
} from '../../modules/notifications/testing.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { declarePermissions, makeUserWith, openNativeServer } from './testing.ts'

const ADD = 'access.user.add'
const CHANGE = 'access.user.change'
const TOKENS = 'access.token.manage'
const OLD = 'correct horse battery'
const NEW = 'staple of another kind'

forEachDatabase('endpoints of accounts', NOTIFICATION_TEST_MIGRATIONS, (open) => {
  let smtp: MailServer
  beforeAll(async () => {
    smtp = await startMailServer()
  })
  afterAll(() => smtp.close())

  async function setUp(which: 'shared' | 'fresh' = 'shared') {
    const ctx = makeNotificationContext(await open(which))
    await declarePermissions(ctx, [ADD, CHANGE, TOKENS, 'access.user.view'])
    const notifications = makeNotifications(smtp.mailer)
    const access = makeAccess({ sendMail: mailQueue(ctx, notifications) })
    const native = await openNativeServer(ctx, { access, notifications })

    /** Sends what waits for an address. @returns the secret of the link in it */
    async function linkMailedTo(address: string): Promise<string> {
      const query = { where: equals('address', address), order: [], limit: 100, offset: 0 }
      for (const { id } of (await listRecords(ctx, deliveryRecord, query)).rows)
        await sendDelivery(ctx, notifications, id)
      const mail = smtp.received.findLast(({ to }) => to[0] === address)?.mail.replaceAll('=\r\n', '') ?? ''
      return /choose-password#([\w-]{43})/.exec(mail)?.[1] ?? 'no link'
    }
    return { ctx, access, linkMailedTo, ...native }
  }

  it('changes the own password, naming the fields as they are sent', async () => {
    const { ctx, ask, server } = await setUp()
    const user = await makeUser(ctx, makeAccess(), { password: OLD })
    const path = '/api/v1/account/password'
    const wrong = await ask('POST', path, user, { current: 'not it', next: NEW })
    expect(wrong).toMatchObject({ status: 400, body: { error: { problems: [{ field: 'current' }] } } })
    const bad = await ask('POST', path, user, { current: OLD, next: 'short' })
    expect(bad).toMatchObject({ status: 400, body: { error: { problems: [{ field: 'next' }] } } })
    expect((await ask('POST', path, user, { current: OLD, next: NEW })).status).toBe(204)
    // the session in which it was done goes on
    expect((await ask('GET', '/api/v1/session', user)).status).toBe(200)
    expect((await ask('POST', path, undefined, { current: OLD, next: NEW })).status).toBe(401)
    await server.close()
  })

  it('shows and ends own sessions, and nobody else’s', async () => {
    const { ctx, ask, server } = await setUp()
    const user = await makeUser(ctx, makeAccess(), { username: `s-${ctx.database.kind}`, password: OLD })
    const other = await makeUser(ctx, makeAccess())
    await ask('GET', '/api/v1/session', other)
    await ask('POST', '/api/v1/session', undefined, { username: `s-${ctx.database.kind}`, password: OLD })
    const { items } = (await ask('GET', '/api/v1/account/sessions', user)).body as {
      items: { id: number; isCurrent: boolean }[]
    }
    expect(items.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true])
    const signedIn = items.find(({ isCurrent }) => !isCurrent)?.id
    expect((await ask('DELETE', `/api/v1/account/sessions/${signedIn}`, other)).status).toBe(404)
    expect((await ask('DELETE', `/api/v1/account/sessions/${signedIn}`, user)).status).toBe(204)
    expect((await ask('DELETE', '/api/v1/account/sessions', user)).status).toBe(204)
    expect((await ask('GET', '/api/v1/account/sessions', user)).body).toMatchObject({
      items: [{ isCurrent: true }],
    })
    await server.close()
  })

  it('makes a token that works, shows its secret once and revokes it', async () => {
    const { ctx, ask, server } = await setUp()
    const user = await makeUser(ctx, makeAccess())
    const made = await ask('POST', '/api/v1/account/tokens', user, { name: 'Nightly export' })
    expect(made).toMatchObject({ status: 201, body: { name: 'Nightly export', lastUsedAt: null } })
    const { id, secret } = made.body as { id: number; secret: string }
    const withToken = (url: string, method: 'GET' | 'POST' = 'GET') =>
      server.inject({ method, url, headers: { authorization: `Token ${secret}` } })
    expect((await withToken('/api/v1/session')).json()).toMatchObject({ user: { id: user } })
    // a leaked token must not make others
    expect((await withToken('/api/v1/account/tokens', 'POST')).statusCode).toBe(400)
    const forged = await server.inject({
      method: 'POST',
      url: '/api/v1/account/tokens',
      headers: { authorization: `Token ${secret}`, 'content-type': 'application/json' },
      payload: '{"name":"x"}',
    })
    expect(forged.statusCode).toBe(403)
    const listed = await ask('GET', '/api/v1/account/tokens', user)
    expect(listed.text).not.toContain(secret)
    expect(listed.body).toMatchObject({ items: [{ id, name: 'Nightly export' }] })
    const other = await makeUser(ctx, makeAccess())
    expect((await ask('DELETE', `/api/v1/account/tokens/${id}`, other)).status).toBe(404)
    expect((await ask('DELETE', `/api/v1/account/tokens/${id}`, user)).status).toBe(204)
    expect((await withToken('/api/v1/session')).statusCode).toBe(401)
    expect((await ask('POST', '/api/v1/account/tokens', user, { name: ' ' })).status).toBe(400)
    expect((await ask('POST', '/api/v1/account/tokens', user, { name: 'x', expiresAt: 'soon' })).status).toBe(
      400,
    )
    await server.close()
  })

  it('makes users with a password, and lets administrators mend their accounts', async () => {
    const { ctx, ask, server } = await setUp()
    const administrator = await makeUserWith(ctx, [ADD, CHANGE, TOKENS])
    const username = `made-${ctx.database.kind}`
    const made = await ask('POST', '/api/v1/accounts', administrator, { username, password: OLD })
    expect(made).toMatchObject({ status: 201, body: { invitation: null } })
    const { id } = made.body as { id: number }
    const base = `/api/v1/accounts/${id}`
    const signIn = (password: string) => ask('POST', '/api/v1/session', undefined, { username, password })
    expect((await signIn(OLD)).status).toBe(200)
    expect((await ask('GET', `${base}/sessions`, administrator)).body).toMatchObject({
      items: [{ isCurrent: false }],
    })
    expect((await ask('DELETE', `${base}/sessions`, administrator)).status).toBe(204)
    expect((await ask('GET', `${base}/sessions`, administrator)).body).toEqual({ items: [] })
    expect((await ask('POST', `${base}/password`, administrator, { password: NEW })).status).toBe(204)
    expect([(await signIn(OLD)).status, (await signIn(NEW)).status]).toEqual([401, 200])
    const { token } = (await ask('POST', `${base}/token`, administrator)).body as { token: string }
    expect(token).toMatch(/^[0-9a-f]{40}$/)
    expect((await ask('POST', `${base}/token`, administrator)).body).toEqual({ token })
    const named = await ask('POST', `${base}/tokens`, administrator, { name: 'Script' })
    const { id: tokenId } = named.body as { id: number }
    expect((await ask('DELETE', `${base}/tokens/${tokenId}`, administrator)).status).toBe(204)
    expect((await ask('GET', `${base}/tokens`, administrator)).body).toMatchObject({
      items: [{ isShownAgain: true }],
    })
    await server.close()
  })

  it('refuses what administrators may not do, and what nobody may', async () => {
    const { ctx, ask, server } = await setUp()
    const outsider = await makeUserWith(ctx, [])
    const clerk = await makeUserWith(ctx, [ADD, CHANGE, TOKENS])
    const root = await makeUser(ctx, makeAccess(), { isAdministrator: true })
    const password = OLD
    const username = 'never'
    const cases = [
      ['POST', '/api/v1/accounts', outsider, { username, password }, 403],
      ['POST', '/api/v1/accounts', undefined, { username, password }, 401],
      ['POST', '/api/v1/accounts', clerk, { username }, 400],
      ['POST', '/api/v1/accounts', clerk, { username, password, invite: true }, 400],
      ['POST', '/api/v1/accounts', clerk, { username, password: 'short' }, 400],
      ['POST', '/api/v1/accounts', clerk, { username, password, isAdministrator: true }, 403],
      ['POST', '/api/v1/accounts', clerk, { username: 'a:b', password }, 400],
      ['POST', '/api/v1/accounts', clerk, { username, invite: true }, 400],
      ['POST', `/api/v1/accounts/${root}/password`, clerk, { password }, 403],
      ['POST', `/api/v1/accounts/${root}/token`, clerk, undefined, 403],
      ['POST', `/api/v1/accounts/${clerk}/password`, clerk, { password }, 409],
      ['POST', `/api/v1/accounts/${clerk}/token`, outsider, undefined, 403],
      ['GET', `/api/v1/accounts/${clerk}/sessions`, outsider, undefined, 403],
      ['DELETE', `/api/v1/accounts/${root}/sessions`, clerk, undefined, 403],
      ['POST', '/api/v1/accounts/999999/token', clerk, undefined, 404],
      ['POST', '/api/v1/accounts/x/token', clerk, undefined, 400],
    ] as const
    for (const [method, path, as, body, status] of cases) {
      expect([path, body, (await ask(method, path, as, body)).status]).toEqual([path, body, status])
    }
    await server.close()
  })

  it('invites somebody, who chooses a password by the link in the mail and is signed in', async () => {
    const { ctx, ask, server, linkMailedTo } = await setUp()
    const administrator = await makeUserWith(ctx, [ADD, CHANGE])
    const email = `invited.${ctx.database.kind}@lab.example`
    const username = `invited-${ctx.database.kind}`
    const made = await ask('POST', '/api/v1/accounts', administrator, { username, email, invite: true })
    expect(made).toMatchObject({ status: 201, body: { invitation: { kind: 'mailed', to: email } } })
    const { id } = made.body as { id: number }
    const first = await linkMailedTo(email)
    expect((await ask('POST', `/api/v1/accounts/${id}/invitation`, administrator)).status).toBe(200)
    const secret = await linkMailedTo(email)
    expect((await ask('POST', '/api/v1/link', undefined, { secret: first })).status).toBe(404)
    expect((await ask('POST', '/api/v1/link', undefined, { secret })).body).toMatchObject({
      purpose: 'invitation',
      username,
    })
    const choose = (password: string) =>
      server.inject({ method: 'POST', url: '/api/v1/choose-password', payload: { secret, password } })
    expect((await choose('short')).statusCode).toBe(400)
    const chosen = await choose(OLD)
    expect(chosen.statusCode).toBe(200)
    const cookies = { touchstone_session: chosen.cookies[0]?.value ?? '' }
    const session = await server.inject({ method: 'GET', url: '/api/v1/session', cookies })
    expect(session.json()).toMatchObject({ user: { username } })
    expect((await choose(NEW)).statusCode).toBe(400)
    await server.close()
  })

  it('sends a reset to whoever has an account and tells nobody who has', async () => {
    const { ctx, ask, server, linkMailedTo } = await setUp()
    const email = `forgot.${ctx.database.kind}@lab.example`
    await makeUser(ctx, makeAccess(), { email, password: OLD })
    const reset = (address: unknown) => ask('POST', '/api/v1/password-reset', undefined, { email: address })
    expect([await reset(email), await reset('nobody@lab.example')]).toMatchObject([
      { status: 204, text: '' },
      { status: 204, text: '' },
    ])
    expect((await reset(7)).status).toBe(400)
    const secret = await linkMailedTo(email)
    const chosen = await ask('POST', '/api/v1/choose-password', undefined, { secret, password: NEW })
    expect(chosen.status).toBe(200)
    expect(await linkMailedTo('nobody@lab.example')).toBe('no link')
    await server.close()
  })

  it('makes the first administrator by the link of the first start, once', async () => {
    const { ctx, access, ask, server } = await setUp('fresh')
    const link = (await makeSetUpLink(ctx, access)) ?? ''
    const secret = link.slice(link.indexOf('#') + 1)
    const given = { secret, username: 'head', password: OLD, firstName: 'Ada' }
    const setUpWith = (body: unknown) => ask('POST', '/api/v1/set-up', undefined, body)
    expect((await setUpWith({ ...given, secret: 'x' })).status).toBe(400)
    expect((await setUpWith({ ...given, password: 'short' })).status).toBe(400)
    expect(await setUpWith(given)).toMatchObject({
      status: 201,
      body: { user: { username: 'head', isAdministrator: true } },
    })
    expect((await setUpWith({ ...given, username: 'second' })).status).toBe(400)
    expect(await makeSetUpLink(ctx, access)).toBeUndefined()
    await server.close()
  })
})
