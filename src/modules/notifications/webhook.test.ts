import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { asUser, makeAccess, makeUser } from '../access/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { getRecord } from '../records/get-record.ts'
import { listRecords } from '../records/list-records.ts'
import { removeRecord, retireRecord } from '../records/retire-record.ts'
import { changeRecord, createRecord } from '../records/save-record.ts'
import { listChoosableWebhooks, setNotificationPreference } from './notification-preferences.ts'
import type { Notifications } from './notifications.ts'
import { notify } from './notify.ts'
import { deliveryRecord } from './records/delivery.ts'
import { webhookRecord } from './records/webhook.ts'
import { sendDelivery } from './send-delivery.ts'
import { testWebhook } from './send-test.ts'
import {
  type Chat,
  type MailServer,
  makeNotificationContext,
  makeNotifications,
  NOTIFICATION_TEST_MIGRATIONS,
  OVERDUE,
  startChat,
  startMailServer,
} from './testing.ts'

forEachDatabase('webhooks', NOTIFICATION_TEST_MIGRATIONS, (open) => {
  let chat: Chat
  let smtp: MailServer
  let ctx: Context
  let notifications: Notifications
  let key = 0

  beforeEach(async () => {
    key += 1
    chat = await startChat()
    smtp = await startMailServer()
    ctx = makeNotificationContext(await open())
    notifications = makeNotifications(smtp.mailer)
  })
  afterEach(async () => {
    await chat.close()
    await smtp.close()
  })

  const makeWebhook = (kind = 'slack', url = chat.url) =>
    createRecord(ctx, webhookRecord, { name: `Physics ${key}`, kind, url })

  async function withPermission(id: number, ...codes: readonly string[]): Promise<Context> {
    const user = await asUser(ctx, id)
    if (user.actor.kind !== 'user') throw new Error('a user acts as a user')
    return { ...user, actor: { ...user.actor, permissions: new Set(codes) } }
  }

  async function subscriber(webhookId: number): Promise<number> {
    const id = await makeUser(ctx, makeAccess(), { email: `w${Math.random()}@lab.example` })
    const user = await withPermission(id, 'notifications.webhook.view')
    await setNotificationPreference(user, notifications, OVERDUE.kind, [
      { channel: 'webhook', webhookId, when: 'immediately' },
    ])
    return id
  }

  async function sendAll(): Promise<void> {
    const { rows } = await listRecords(ctx, deliveryRecord, {
      where: EVERYTHING,
      order: [],
      limit: 1000,
      offset: 0,
    })
    for (const { id } of rows) await sendDelivery(ctx, notifications, id)
  }

  const overdue = (to: readonly number[]) =>
    notify(ctx, notifications, {
      kind: OVERDUE.kind,
      to,
      subject: 'Daily output <overdue>',
      text: 'Since yesterday.',
      path: '/app/x',
      key: `webhook-${key}`,
    })

  it('shows where an address leads and never the rest of it', async () => {
    const webhook = await makeWebhook()
    const masked = `${new URL(chat.url).origin}/••••••••`
    expect(webhook.url).toBe(masked)
    expect((await getRecord(ctx, webhookRecord, webhook.id)).url).toBe(masked)
    const history = await findHistory(ctx, webhookRecord.name, webhook.id, { limit: 9, offset: 0 })
    expect(JSON.stringify(history)).not.toContain('secret')
    const renamed = await changeRecord(ctx, webhookRecord, webhook.id, webhook.version, {
      name: `Renamed ${key}`,
      url: masked,
    })
    await testWebhook(await asUser(ctx, await administrator()), notifications, renamed.id)
    expect(chat.posted.length).toBe(1)
    await removeRecord(ctx, webhookRecord, webhook.id)
  })

  const administrator = () => makeUser(ctx, makeAccess(), { isAdministrator: true })

  it.each([
    ['no address', 'physics'],
    ['another protocol', 'file:///etc/passwd'],
    ['a masked address', 'https://hooks.example/••••••••'],
    ['a damaged address', 'https://'],
  ])('refuses %s', async (_what, url) => {
    await expect(makeWebhook('json', url)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field: 'url' }] },
    })
  })

  it('posts an event once, however many people have it posted there', async () => {
    const { id } = await makeWebhook()
    expect(await overdue([await subscriber(id), await subscriber(id)])).toBe(1)
    await sendAll()
    expect(chat.posted).toEqual([
      {
        text: '*Daily output &lt;overdue&gt;*\nSince yesterday.\n<https://lab.example.org/app/x|Open in Touchstone>',
      },
    ])
    expect(smtp.received).toEqual([])
  })

  it.each(['json', 'teams'] as const)('speaks %s', async (kind) => {
    const { id } = await makeWebhook(kind)
    await overdue([await subscriber(id)])
    await sendAll()
    expect(chat.posted).toMatchObject([
      kind === 'json' ? { title: 'Daily output <overdue>' } : { type: 'message' },
    ])
  })

  it('sends by mail what a retired webhook would have got', async () => {
    const { id } = await makeWebhook()
    const user = await subscriber(id)
    await retireRecord(ctx, webhookRecord, id, 'retire')
    await overdue([user])
    await sendAll()
    expect(chat.posted).toEqual([])
    expect(smtp.received.length).toBe(1)
  })

  it('lets people choose only webhooks that they may see and that exist', async () => {
    const { id } = await makeWebhook()
    const user = await makeUser(ctx, makeAccess())
    const choose = async (as: Context, webhookId: number) =>
      setNotificationPreference(as, notifications, OVERDUE.kind, [
        { channel: 'webhook', webhookId, when: 'daily' },
      ])
    await expect(choose(await withPermission(user), id)).rejects.toMatchObject({
      refusal: { kind: 'not-permitted', permission: 'notifications.webhook.view' },
    })
    const permitted = await withPermission(user, 'notifications.webhook.view')
    await expect(choose(permitted, 999_999)).rejects.toMatchObject({ refusal: { kind: 'invalid-input' } })
    await expect(choose(permitted, 2 ** 40)).rejects.toMatchObject({ refusal: { kind: 'invalid-input' } })
    expect(await listChoosableWebhooks(permitted)).toContainEqual({ id, label: `Physics ${key}` })
    expect(await listChoosableWebhooks(await withPermission(user))).toEqual([])
  })

  it('tells whoever tests a webhook what its receiver says', async () => {
    const busy = await startChat(503)
    const { id } = await makeWebhook('json', busy.url)
    const user = await makeUser(ctx, makeAccess())
    await expect(testWebhook(await withPermission(user), notifications, id)).rejects.toMatchObject({
      refusal: { kind: 'not-permitted' },
    })
    const permitted = await withPermission(user, 'notifications.webhook.change')
    await expect(testWebhook(permitted, notifications, id)).rejects.toMatchObject({
      refusal: { kind: 'upstream-failed', reason: 'It answered with status 503.' },
    })
    await busy.close()
  })
})
