/** What a notification says, whichever way it goes. */
export type Message = {
  readonly subject: string
  readonly text: string
  /** labels and values, shown as a list */
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  /** web path of the page that deals with it */
  readonly path?: string
}

const LONGEST_IN_DIGEST = 1000

/** The text of a mail. @param base address of the web application's server, without a slash at its end */
export function mailText(message: Message, base: string): string {
  const parts = [message.text.trim(), factLines(message), message.path ? `${base}${message.path}` : '']
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** One message that holds the messages of a day, the oldest first. */
export function digestOf(messages: readonly Message[], base: string): Message {
  const count = messages.length === 1 ? '1 notification' : `${messages.length} notifications`
  const entries = messages.map((message) => {
    const text = mailText({ ...message, text: message.text.slice(0, LONGEST_IN_DIGEST) }, base)
    return `${message.subject}\n${indent(text)}`
  })
  return { subject: count, text: entries.join('\n\n'), facts: [] }
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
