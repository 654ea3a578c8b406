import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import type { Context } from '../../context.ts'
import { createInstanceKeys } from '../../platform/crypto/instance-keys.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { type Mailer, openMailer } from '../../platform/mail/open-mailer.ts'
import { parseOutgoingRules } from '../../platform/outgoing/outgoing-rules.ts'
import { createCatalogue } from '../../platform/records/catalogue.ts'
import { ACCESS_HOOKS } from '../access/hooks.ts'
import { ACCESS_RECORDS } from '../access/records.ts'
import { ACCESS_TEST_MIGRATIONS, makeAccessContext } from '../access/testing.ts'
import { createJobs } from '../jobs/store/migrations/0001-create.ts'
import { MAIL_AT_ONCE, MAIL_DAILY, type NotificationKind } from './domain/notification-kind.ts'
import { type Notifications, openNotifications } from './notifications.ts'
import { deliveryRecord } from './records/delivery.ts'
import { webhookRecord } from './records/webhook.ts'
import { createNotifications } from './store/migrations/0001-create.ts'
import { webhookHook } from './webhook-hook.ts'

export const NOTIFICATION_TEST_MIGRATIONS = [...ACCESS_TEST_MIGRATIONS, createJobs, createNotifications]

export const OVERDUE: NotificationKind = {
  kind: 'test.overdue',
  title: 'Something is overdue',
  module: 'test',
  defaultChannels: MAIL_AT_ONCE,
}
export const WEEKLY_NEWS: NotificationKind = {
  kind: 'test.news',
  title: 'News',
  module: 'test',
  defaultChannels: MAIL_DAILY,
}

const KEYS = createInstanceKeys(Buffer.alloc(32, 1))

export function makeNotificationContext(database: DatabaseHandle, parts: Partial<Context> = {}): Context {
  return makeAccessContext(database, {
    catalogue: createCatalogue([...ACCESS_RECORDS, webhookRecord, deliveryRecord]),
    recordHooks: new Map([...ACCESS_HOOKS, [webhookRecord.name, webhookHook(KEYS)]]),
    ...parts,
  })
}

export function makeNotifications(mailer: Mailer): Notifications {
  return openNotifications({
    kinds: [OVERDUE, WEEKLY_NEWS],
    keys: KEYS,
    mailer,
    outgoing: parseOutgoingRules([], { allowLoopback: true }).rules,
    publicUrl: 'https://lab.example.org',
  })
}

export type ReceivedMail = { readonly to: readonly string[]; readonly mail: string }

/** A mail server on this machine that answers as it is told. */
export type MailServer = {
  readonly mailer: Mailer
  readonly received: readonly ReceivedMail[]
  /** the answers to the next mails, instead of taking them */
  refuseNext(...answers: readonly string[]): void
  /** resolves when so many mails were taken */
  taken(count: number): Promise<void>
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const refusals: string[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      void text(stream).then((mail) => {
        const refusal = refusals.shift()
        if (refusal !== undefined) {
          done(Object.assign(new Error(refusal.slice(4)), { responseCode: Number(refusal.slice(0, 3)) }))
          return
        }
        received.push({ to: envelope.rcptTo.map(({ address }) => address), mail })
        done()
        for (const { count, resolve } of waiting) if (received.length >= count) resolve()
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const mailer = openMailer({
    kind: 'smtp',
    from: { name: 'Touchstone', address: 'qa@lab.example' },
    url: `smtp://127.0.0.1:${portOf(server.server.address())}`,
  })
  return {
    mailer,
    received,
    refuseNext: (...answers) => void refusals.push(...answers),
    taken: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
    close: async () => {
      mailer.close()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

/** A chat on this machine that takes what is posted to it. */
export type Chat = { readonly url: string; readonly posted: readonly unknown[]; close(): Promise<void> }

export async function startChat(status = 200): Promise<Chat> {
  const posted: unknown[] = []
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      posted.push(JSON.parse(body))
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/services/T0/secret`,
    posted,
    close: async () => {
      await new Promise((done) => server.close(done))
    },
  }
}

function portOf(address: ReturnType<Server['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
