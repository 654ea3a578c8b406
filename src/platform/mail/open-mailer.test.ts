import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { isMailAddress, type MailMessage } from './mail-message.ts'
import { type Mailer, openMailer } from './open-mailer.ts'

const FROM = { name: 'QA Größe', address: 'qa@clinic.example' }
const MESSAGE: MailMessage = {
  to: [{ name: 'Roy, M.', address: 'roy@clinic.example' }, { address: 'jane@clinic.example' }],
  subject: 'Linac 2: output out of tolerance – größer',
  text: 'Output 6 MV is 102.7 %.\n.\nA line with one dot above.',
}

type Received = { readonly from: string; readonly to: readonly string[]; readonly mail: string }

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function listen(server: Server | SMTPServer): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const address = server instanceof SMTPServer ? server.server.address() : server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function startSmtp(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onAuth(auth, _session, done) {
      if (auth.username === 'qa' && auth.password === 's3cret@') done(null, { user: 'qa' })
      else done(new Error('Unknown account'))
    },
    onRcptTo({ address }, _session, done) {
      done(address.startsWith('nobody') ? new Error('No such mailbox') : undefined)
    },
    onData(stream, { envelope }, done) {
      void text(stream).then((mail) => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), mail })
        done()
      })
    },
    ...options,
  })
  closing.push(() => new Promise((done) => server.close(() => done())))
  return { port: await listen(server), received }
}

function mailerTo(port: number, credentials = '', timeoutMs = 5_000): Mailer {
  const mailer = openMailer({
    kind: 'smtp',
    from: FROM,
    url: `smtp://${credentials}127.0.0.1:${port}`,
    timeoutMs,
  })
  closing.unshift(() => mailer.close())
  return mailer
}

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
  throw new Error('was not refused')
}

describe('a mailer over SMTP', () => {
  it('sends text, HTML and attachments, and returns the id of the mail', async () => {
    const { port, received } = await startSmtp()
    const sent = await mailerTo(port).send({
      ...MESSAGE,
      html: '<p>Output</p>',
      replyTo: { address: 'physics@clinic.example' },
      attachments: [{ filename: 'Größe.csv', content: Buffer.from('a;b\r\n'), mediaType: 'text/csv' }],
    })
    expect(received.map(({ from, to }) => [from, to])).toEqual([
      ['qa@clinic.example', ['roy@clinic.example', 'jane@clinic.example']],
    ])
    const mail = received[0]?.mail ?? ''
    expect(mail).toContain(`Message-ID: ${sent.messageId}`)
    expect(mail).toContain('To: "Roy, M." <roy@clinic.example>, jane@clinic.example')
    expect(mail).toContain('Reply-To: physics@clinic.example')
    expect(mail).toContain('Auto-Submitted: auto-generated')
    expect(mail).toContain('Content-Type: text/html; charset=utf-8')
    expect(mail).toContain(Buffer.from('a;b\r\n').toString('base64'))
    expect(sent.rejected).toEqual([])
  })

  it('names the recipients that were not taken', async () => {
    const { port, received } = await startSmtp()
    const to = [...MESSAGE.to, { address: 'nobody@clinic.example' }]
    expect((await mailerTo(port).send({ ...MESSAGE, to })).rejected).toEqual(['nobody@clinic.example'])
    expect(received[0]?.to).toEqual(['roy@clinic.example', 'jane@clinic.example'])
  })

  it('signs in with the credentials of the address', async () => {
    const { port, received } = await startSmtp({ authOptional: false })
    const mailer = mailerTo(port, 'qa:s3cret%40@')
    await mailer.check()
    await mailer.send(MESSAGE)
    expect(received.length).toBe(1)
  })

  it('keeps line breaks in names and subjects out of the headers', async () => {
    const { port, received } = await startSmtp()
    const evil = 'a\r\nBcc: victim@clinic.example'
    await mailerTo(port).send({
      ...MESSAGE,
      subject: evil,
      to: [{ name: evil, address: 'roy@clinic.example' }],
    })
    expect(received[0]?.to).toEqual(['roy@clinic.example'])
    expect(received[0]?.mail).not.toMatch(/^Bcc:/im)
  })

  it.each([
    ['wrong credentials', 'qa:wrong@', MESSAGE, 'It refused the user name or the password.'],
    [
      'only unknown recipients',
      '',
      { ...MESSAGE, to: [{ address: 'nobody@x.example' }] },
      'It refused the sender or all recipients.',
    ],
  ])('refuses %s with the words of the server', async (_what, credentials, message, reason) => {
    const { port } = await startSmtp()
    expect(await refusalOf(mailerTo(port, credentials).send(message))).toEqual({
      kind: 'upstream-failed',
      source: 'mail server 127.0.0.1',
      reason: expect.stringContaining(`${reason} It said: 5`),
    })
  })

  it('refuses when the server is silent, and when there is none', async () => {
    const silent = createServer()
    const port = await listen(silent)
    expect(await refusalOf(mailerTo(port, '', 100).send(MESSAGE))).toMatchObject({
      kind: 'upstream-failed',
      reason: 'It does not answer in time.',
    })
    await new Promise((done) => silent.close(done))
    expect(await refusalOf(mailerTo(port).check())).toMatchObject({ kind: 'upstream-failed' })
  })
})

describe('a mailer into a folder', () => {
  it('writes one complete file a mail', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mail-'))
    const mailer = openMailer({ kind: 'folder', from: FROM, folder: join(folder, 'outbox') })
    await mailer.check()
    const sent = await mailer.send(MESSAGE)
    await mailer.send(MESSAGE)
    const names = (await readdir(join(folder, 'outbox'))).sort()
    expect(names.map((name) => name.endsWith('.eml'))).toEqual([true, true])
    const mail = await readFile(join(folder, 'outbox', names[0] ?? ''), 'utf8')
    expect(mail).toContain(`Message-ID: ${sent.messageId}\r\n`)
    expect(mail).toContain('Output 6 MV is 102.7 %.')
    await rm(folder, { recursive: true })
  })
})

describe('what is sent at all', () => {
  const mailer = openMailer({ kind: 'folder', from: FROM, folder: join(tmpdir(), 'never-made') })

  it.each([
    ['no recipient', { ...MESSAGE, to: [] }, 'to'],
    ['a list in one address', { ...MESSAGE, to: [{ address: 'a@x.example, b@x.example' }] }, 'to'],
    [
      'a line break in an address',
      { ...MESSAGE, to: [{ address: 'a@x.example\r\nBcc: b@x.example' }] },
      'to',
    ],
    ['a wrong address to reply to', { ...MESSAGE, replyTo: { address: 'nobody' } }, 'to'],
    [
      'attachments of 19 MB',
      { ...MESSAGE, attachments: [{ filename: 'a', content: Buffer.alloc(19_000_000), mediaType: 'x/y' }] },
      'attachments',
    ],
  ])('not %s', async (_what, message, field) => {
    expect(await refusalOf(mailer.send(message))).toMatchObject({
      kind: 'invalid-input',
      problems: [{ field }],
    })
  })

  it.each([
    ['roy@clinic.example', true],
    ['größe@münchen.example', true],
    ["o'neil+qa@x.example", true],
    ['root@localhost', true],
    ['roy', false],
    ['@x.example', false],
    ['a@b@c', false],
    ['Roy <roy@x.example>', false],
    ['"a b"@x.example', false],
  ])('%s: %s', (address, expected) => {
    expect(isMailAddress(address)).toBe(expected)
  })
})
