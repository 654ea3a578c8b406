import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Context, inTransaction } from '../../context.ts'
import { equals } from '../../core/query.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { asUser, makeAccess, makeUser } from '../access/testing.ts'
import { listRecords } from '../records/list-records.ts'
import { listNotificationPreferences, setNotificationPreference } from './notification-preferences.ts'
import { type Notice, notify } from './notify.ts'
import { deliveryRecord } from './records/delivery.ts'
import {
  type MailServer,
  makeNotificationContext,
  makeNotifications,
  NOTIFICATION_TEST_MIGRATIONS,
  OVERDUE,
  startMailServer,
} from './testing.ts'

const NOTICE = { kind: OVERDUE.kind, subject: 'Daily output is overdue', text: 'Since yesterday.' }

let counter = 0
function notice(to: readonly number[], parts: Partial<Notice> = {}): Notice {
  counter += 1
  return { ...NOTICE, to, key: `event-${counter}`, ...parts }
}

/** State, channel and address of everything that was queued for an event. */
async function queued(ctx: Context, subject: string) {
  const { rows } = await listRecords(ctx, deliveryRecord, {
    where: equals('subject', subject),
    order: [{ path: ['id'], direction: 'asc' }],
    limit: 100,
    offset: 0,
  })
  return rows.map(({ state, channel, address, recipient }) => ({ state, channel, address, recipient }))
}

forEachDatabase('notify', NOTIFICATION_TEST_MIGRATIONS, (open) => {
  let smtp: MailServer
  beforeAll(async () => {
    smtp = await startMailServer()
  })
  afterAll(() => smtp.close())

  async function setUp() {
    const ctx = makeNotificationContext(await open())
    const notifications = makeNotifications(smtp.mailer)
    const newUser = (email: string | null, isActive = true) =>
      makeUser(ctx, makeAccess(), { email, isActive })
    return { ctx, notifications, newUser }
  }

  it('queues a mail for each person, as they chose nothing', async () => {
    const { ctx, notifications, newUser } = await setUp()
    const roy = await newUser(`roy.${ctx.database.kind}@lab.example`)
    const silent = await newUser(null)
    const left = await newUser(`left.${ctx.database.kind}@lab.example`, false)
    const subject = 'For three'
    expect(await notify(ctx, notifications, notice([roy, silent, left, roy, 99_999], { subject }))).toBe(2)
    expect(await queued(ctx, subject)).toEqual([
      { state: 'waiting', channel: 'mail', address: `roy.${ctx.database.kind}@lab.example`, recipient: roy },
      { state: 'skipped', channel: 'mail', address: null, recipient: silent },
    ])
  })

  it('tells nobody twice about the same event', async () => {
    const { ctx, notifications, newUser } = await setUp()
    const [one, two] = [await newUser('one@lab.example'), await newUser('two@lab.example')]
    const event = notice([one], { subject: 'Once' })
    await Promise.all([notify(ctx, notifications, event), notify(ctx, notifications, event)])
    expect(await notify(ctx, notifications, { ...event, to: [one, two] })).toBe(1)
    expect((await queued(ctx, 'Once')).map(({ recipient }) => recipient)).toEqual([one, two])
  })

  it('queues nothing when the transaction fails', async () => {
    const { ctx, notifications, newUser } = await setUp()
    const user = await newUser('rolled@lab.example')
    const failing = inTransaction(ctx, async (tx) => {
      await notify(tx, notifications, notice([user], { subject: 'Never' }))
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await queued(ctx, 'Never')).toEqual([])
  })

  it('follows what each person chose, until they go back to the default', async () => {
    const { ctx, notifications, newUser } = await setUp()
    const id = await newUser('choosy@lab.example')
    const user = await asUser(ctx, id)
    const choose = (choices: unknown) => setNotificationPreference(user, notifications, OVERDUE.kind, choices)
    const mine = async () =>
      (await listNotificationPreferences(user, notifications)).find(({ kind }) => kind === OVERDUE.kind)
    expect(await mine()).toEqual({
      kind: OVERDUE.kind,
      title: OVERDUE.title,
      module: 'test',
      choices: [{ channel: 'mail', when: 'immediately' }],
      isDefault: true,
    })
    await choose([])
    expect(await notify(ctx, notifications, notice([id]))).toBe(0)
    await choose([{ channel: 'mail', when: 'daily' }])
    expect(await mine()).toMatchObject({ choices: [{ channel: 'mail', when: 'daily' }], isDefault: false })
    await notify(ctx, notifications, notice([id], { subject: 'Held' }))
    expect((await queued(ctx, 'Held')).map(({ state }) => state)).toEqual(['held'])
    await choose(null)
    expect(await mine()).toMatchObject({ isDefault: true })
  })

  it.each([
    ['no list', 'mail', 'choices'],
    ['an unknown channel', [{ channel: 'pigeon', when: 'daily' }], 'choices.0.channel'],
    ['an unknown time', [{ channel: 'mail', when: 'never' }], 'choices.0.when'],
    ['nonsense', [null], 'choices.0.when'],
    [
      'a channel twice',
      [
        { channel: 'mail', when: 'daily' },
        { channel: 'mail', when: 'immediately' },
      ],
      'choices',
    ],
    ['a webhook without id', [{ channel: 'webhook', when: 'daily' }], 'choices.0.webhookId'],
    ['too many', Array(6).fill({ channel: 'mail', when: 'daily' }), 'choices'],
  ])('refuses %s as a choice', async (_what, choices, field) => {
    const { ctx, notifications, newUser } = await setUp()
    const user = await asUser(ctx, await newUser(null))
    const given = setNotificationPreference(user, notifications, OVERDUE.kind, choices)
    await expect(given).rejects.toMatchObject({ refusal: { kind: 'invalid-input', problems: [{ field }] } })
  })

  it('refuses unknown kinds to people, and to programmers', async () => {
    const { ctx, notifications, newUser } = await setUp()
    const user = await asUser(ctx, await newUser(null))
    await expect(setNotificationPreference(user, notifications, 'x.y', [])).rejects.toMatchObject({
      refusal: { kind: 'not-found' },
    })
    await expect(notify(ctx, notifications, notice([], { kind: 'x.y' }))).rejects.toThrow('x.y')
    await expect(listNotificationPreferences({ ...ctx }, notifications)).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
  })
})
