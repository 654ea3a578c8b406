import { invalidInput } from '../../core/refusal.ts'

export type MailAddress = { readonly name?: string; readonly address: string }

export type MailAttachment = {
  readonly filename: string
  readonly content: Buffer
  readonly mediaType: string
}

/** One mail; every recipient in `to` sees the others. */
export type MailMessage = {
  readonly to: readonly MailAddress[]
  readonly replyTo?: MailAddress
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly attachments?: readonly MailAttachment[]
}

/** What most mail servers accept, before base64 makes it a third larger. */
export const MAX_ATTACHMENTS_BYTES = 18_000_000

/** One address without display name, lists, comments or quoted parts: those would reach more people than meant. */
const ADDRESS = /^[^\s@<>(),;:"\\[\]]{1,64}@[^\s@<>(),;:"\\[\]]{1,255}$/u

export function isMailAddress(text: string): boolean {
  return ADDRESS.test(text)
}

/** @throws RefusedError `invalid-input` for what no mail server should be asked to send */
export function requireSendable(message: MailMessage): void {
  if (message.to.length === 0) throw invalidInput('to', 'This mail has no recipient.')
  const addresses = message.replyTo ? [...message.to, message.replyTo] : message.to
  const wrong = addresses.find(({ address }) => !isMailAddress(address))
  if (wrong) throw invalidInput('to', `“${wrong.address}” is not a mail address.`)
  const size = (message.attachments ?? []).reduce((sum, { content }) => sum + content.length, 0)
  if (size > MAX_ATTACHMENTS_BYTES) {
    throw invalidInput(
      'attachments',
      `The attachments have more than ${MAX_ATTACHMENTS_BYTES} bytes together.`,
    )
  }
}
