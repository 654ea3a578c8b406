import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeAccess, makeUser } from '../../modules/access/testing.ts'
import { notify } from '../../modules/notifications/notify.ts'
import {
  type MailServer,
  makeNotificationContext,
  makeNotifications,
  NOTIFICATION_TEST_MIGRATIONS,
  OVERDUE,
  startChat,
  startMailServer,
} from '../../modules/notifications/testing.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { declarePermissions, makeUserWith, openNativeServer } from './testing.ts'

const SEE = 'notifications.webhook.view'
const ADD = 'notifications.webhook.add'
const CHANGE = 'notifications.webhook.change'
const LOG = 'notifications.delivery.view'

forEachDatabase('endpoints of notifications', NOTIFICATION_TEST_MIGRATIONS, (open) => {
  let smtp: MailServer
  beforeAll(async () => {
    smtp = await startMailServer()
  })
  afterAll(() => smtp.close())

  async function setUp() {
    const ctx = makeNotificationContext(await open())
    await declarePermissions(ctx, [SEE, ADD, CHANGE, LOG])
    const notifications = makeNotifications(smtp.mailer)
    return { ctx, notifications, ...(await openNativeServer(ctx, { notifications })) }
  }

  it('shows and changes how somebody is told', async () => {
    const { ctx, ask } = await setUp()
    const user = await makeUserWith(ctx, [])
    const listed = await ask('GET', '/api/v1/notifications/preferences', user)
    expect(listed.body).toMatchObject({ items: [{ kind: OVERDUE.kind, isDefault: true }, {}], webhooks: [] })
    const path = `/api/v1/notifications/preferences/${OVERDUE.kind}`
    const choices = [{ channel: 'mail', when: 'daily' }]
    expect(await ask('PUT', path, user, { choices })).toMatchObject({
      status: 200,
      body: { choices, isDefault: false },
    })
    expect((await ask('PUT', path, user, { choices: 'mail' })).status).toBe(400)
    expect((await ask('PUT', path, user, {})).status).toBe(400)
    expect((await ask('PUT', `${path}x`, user, { choices })).status).toBe(404)
    expect((await ask('PUT', path, undefined, { choices })).status).toBe(401)
  })

  it('makes and tests a webhook without ever showing its address', async () => {
    const { ctx, ask } = await setUp()
    const chat = await startChat()
    const administrator = await makeUserWith(ctx, [SEE, ADD, CHANGE])
    const given = { name: `Chat ${ctx.database.kind}`, kind: 'slack', url: chat.url }
    const made = await ask('POST', '/api/v1/notifications/webhooks', administrator, given)
    expect(made.status).toBe(201)
    const { id } = made.body as { id: number }
    const answers = [made, await ask('GET', `/api/v1/notifications/webhooks/${id}/history`, administrator)]
    for (const { text } of answers) expect(text).not.toContain('secret')
    const path = `/api/v1/notifications/webhooks/${id}/test`
    expect((await ask('POST', path, administrator)).status).toBe(204)
    expect(chat.posted.length).toBe(1)
    expect((await ask('POST', path, await makeUserWith(ctx, [SEE]))).status).toBe(403)
    expect((await ask('POST', path)).status).toBe(401)
    expect((await ask('POST', '/api/v1/notifications/webhooks/99999/test', administrator)).status).toBe(404)
    await chat.close()
    expect((await ask('POST', path, administrator)).status).toBe(502)
  })

  it('sends a test mail to whoever asks', async () => {
    const { ctx, ask } = await setUp()
    const email = `asks.${ctx.database.kind}@lab.example`
    const user = await makeUser(ctx, makeAccess(), { email })
    expect(await ask('POST', '/api/v1/notifications/test-mail', user)).toMatchObject({
      status: 200,
      body: { sentTo: email },
    })
    expect(smtp.received.at(-1)?.to).toEqual([email])
    expect((await ask('POST', '/api/v1/notifications/test-mail', await makeUserWith(ctx, []))).status).toBe(
      409,
    )
  })

  it('shows the log to whoever may see it, without what was written', async () => {
    const { ctx, ask, notifications } = await setUp()
    const user = await makeUser(ctx, makeAccess(), { email: `log.${ctx.database.kind}@lab.example` })
    const text = 'between you and me'
    await notify(ctx, notifications, { kind: OVERDUE.kind, to: [user], subject: 'Hello', text, key: 'log' })
    const path = '/api/v1/notifications/deliveries?subject=Hello'
    const seen = await ask('GET', path, await makeUserWith(ctx, [LOG]))
    expect(seen).toMatchObject({ status: 200, body: { total: 1, items: [{ state: 'waiting' }] } })
    expect(seen.text).not.toContain(text)
    expect(seen.text).not.toContain('sealed')
    expect((await ask('GET', path, user)).status).toBe(403)
    const [{ id }] = (seen.body as { items: [{ id: number }] }).items
    expect((await ask('POST', `/api/v1/notifications/deliveries/${id}/resend`, user)).status).toBe(403)
  })
})
