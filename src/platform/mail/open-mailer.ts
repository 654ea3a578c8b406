import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SendMailOptions } from 'nodemailer'
import { RefusedError } from '../../core/refusal.ts'
import { type MailAddress, type MailMessage, requireSendable } from './mail-message.ts'

/** `smtp`: `smtp://user:password@host:587` or `smtps://…:465`. `folder`: mails become `.eml` files, for demonstrations. */
export type MailConfig = { readonly from: MailAddress } & (
  | { readonly kind: 'smtp'; readonly url: string; readonly timeoutMs?: number }
  | { readonly kind: 'folder'; readonly folder: string }
)

export type SentMail = {
  readonly messageId: string
  /** Recipients that the server did not take, while it took others. */
  readonly rejected: readonly string[]
}

export type Mailer = {
  /**
   * @returns once the server has taken the mail, for at least one recipient
   * @throws RefusedError `invalid-input` for wrong addresses and too large attachments; `upstream-failed` when the
   *   server cannot be reached, refuses the log-in or all recipients
   */
  send(message: MailMessage): Promise<SentMail>
  /** Connects and signs in without sending. @throws RefusedError `upstream-failed` */
  check(): Promise<void>
  close(): void
}

export function openMailer(config: MailConfig): Mailer {
  return config.kind === 'smtp' ? openSmtpMailer(config) : openFolderMailer(config)
}

const TIMEOUT_MS = 30_000

function openSmtpMailer(config: Extract<MailConfig, { kind: 'smtp' }>): Mailer {
  const timeoutMs = config.timeoutMs ?? TIMEOUT_MS
  const transport = onFirstUse(async () => {
    const { createTransport } = await import('nodemailer')
    return createTransport({
      url: config.url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  })
  const source = `mail server ${URL.parse(config.url)?.hostname ?? ''}`.trim()
  return {
    async send(message: MailMessage): Promise<SentMail> {
      requireSendable(message)
      const opened = await transport.get()
      const sent = await asUpstream(source, () => opened.sendMail(compose(config.from, message)))
      return { messageId: sent.messageId, rejected: sent.rejected.map(String) }
    },
    async check(): Promise<void> {
      const opened = await transport.get()
      await asUpstream(source, () => opened.verify())
    },
    close: () => transport.ifUsed((opened) => opened.close()),
  }
}

function openFolderMailer(config: Extract<MailConfig, { kind: 'folder' }>): Mailer {
  const transport = onFirstUse(async () => {
    const { createTransport } = await import('nodemailer')
    return createTransport({
      streamTransport: true,
      buffer: true,
      newline: 'windows',
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  })
  return {
    async send(message: MailMessage): Promise<SentMail> {
      requireSendable(message)
      const opened = await transport.get()
      const composed = await opened.sendMail(compose(config.from, message))
      await writeMail(config.folder, composed.message)
      return { messageId: composed.messageId, rejected: [] }
    },
    async check(): Promise<void> {
      await mkdir(config.folder, { recursive: true })
    },
    close: () => transport.ifUsed((opened) => opened.close()),
  }
}

/** Something that most servers need rarely, made when it is first asked for. */
function onFirstUse<T>(make: () => Promise<T>): { get(): Promise<T>; ifUsed(use: (made: T) => void): void } {
  let made: Promise<T> | undefined
  let ready: T | undefined
  return {
    async get() {
      made ??= make()
      ready = await made
      return ready
    },
    ifUsed: (use) => {
      if (ready !== undefined) use(ready)
    },
  }
}

/** A reader of the folder never sees half a mail. Names sort by the time of sending. */
async function writeMail(folder: string, mail: Parameters<typeof writeFile>[1]): Promise<void> {
  await mkdir(folder, { recursive: true })
  const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}`
  await writeFile(join(folder, `.${name}.part`), mail, { mode: 0o600 })
  await rename(join(folder, `.${name}.part`), join(folder, `${name}.eml`))
}

function compose(from: MailAddress, message: MailMessage): SendMailOptions {
  const { to, replyTo, subject, text, html, attachments = [] } = message
  return {
    from: asRecipient(from),
    to: to.map(asRecipient),
    ...(replyTo && { replyTo: asRecipient(replyTo) }),
    subject,
    text,
    ...(html !== undefined && { html }),
    attachments: attachments.map(({ filename, content, mediaType }) => ({
      filename,
      content,
      contentType: mediaType,
    })),
    headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no out-of-office replies to machines
  }
}

function asRecipient({ name, address }: MailAddress): { name: string; address: string } {
  return { name: name ?? '', address }
}

const REASONS: Readonly<Record<string, string>> = {
  EAUTH: 'It refused the user name or the password.',
  ENOAUTH: 'It refused the user name or the password.',
  ECONNECTION: 'It cannot be reached.',
  ECONNREFUSED: 'Nobody answers at this port.',
  ESOCKET: 'It cannot be reached.',
  EDNS: 'Its host name does not exist.',
  ETIMEDOUT: 'It does not answer in time.',
  ETLS: 'No secure connection came about.',
  EENVELOPE: 'It refused the sender or all recipients.',
  EMESSAGE: 'It refused the mail.',
  EPROTOCOL: 'It does not speak SMTP.',
}

async function asUpstream<T>(source: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined
    if (reason === undefined) throw error
    throw new RefusedError({ kind: 'upstream-failed', source, reason: `${reason}${serverWords(error)}` })
  }
}

/** What the server itself said, which is what its administrator needs; never our credentials. */
function serverWords(error: unknown): string {
  const said = error instanceof Error && 'response' in error ? error.response : undefined
  return typeof said === 'string' && said !== '' ? ` It said: ${said.slice(0, 200)}` : ''
}
