/** What a notification says, whichever way it goes. */
export type Message = {
  readonly subject: string
  readonly text: string
  /** labels and values, shown as a list */
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** one line each, with the web path of its page */
  readonly items?: readonly { readonly text: string; readonly path?: string }[]
  /** web path of the page that deals with it */
  readonly path?: string
  /** stored files that go with a mail; digests leave them out */
  readonly files?: readonly MessageFile[]
  /** the messages that a digest consists of */
  readonly parts?: readonly Message[]
}

export type MessageFile = { readonly name: string; readonly mediaType: string; readonly sha256: string }

const LONGEST_IN_DIGEST = 1000

/** The text of a mail. @param base address of the web application's server, without a slash at its end */
export function mailText(message: Message, base: string): string {
  const parts = [
    message.text.trim(),
    factLines(message),
    itemLines(message, base),
    message.path ? `${base}${message.path}` : '',
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** One message that holds the messages of a day, the oldest first. */
export function digestOf(messages: readonly Message[], base: string): Message {
  const count = messages.length === 1 ? '1 notification' : `${messages.length} notifications`
  const parts = messages.map(({ files: _files, ...message }) => ({
    ...message,
    text: message.text.slice(0, LONGEST_IN_DIGEST),
  }))
  const entries = parts.map((message) => `${message.subject}\n${indent(mailText(message, base))}`)
  return { subject: count, text: entries.join('\n\n'), facts: [], parts }
}

function itemLines({ items = [] }: Message, base: string): string {
  return items
    .map(({ text, path }) => (path === undefined ? `- ${text}` : `- ${text}\n  ${base}${path}`))
    .join('\n')
}

function factLines({ facts }: Message): string {
  return facts.map(({ label, value }) => `${label}: ${value}`).join('\n')
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')
}
