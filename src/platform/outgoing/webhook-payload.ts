/** What happened, in words for people; the same for every kind of receiver. */
export type WebhookMessage = {
  readonly title: string
  readonly text: string
  /** Label and value, shown as a list. */
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly link?: { readonly label: string; readonly url: string }
}

/** `json`: our own shape, for programs; `slack`: Slack and its relatives (Mattermost, Rocket.Chat); `teams`: Microsoft Teams workflows. */
export type WebhookKind = 'json' | 'slack' | 'teams'

/** The document to post, ready for `JSON.stringify`. */
export function webhookPayload(
  kind: WebhookKind,
  message: WebhookMessage,
): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'json':
      return { ...message }
    case 'slack':
      return slackPayload(message)
    case 'teams':
      return teamsPayload(message)
  }
}

/** Text in Slack's mrkdwn. @see the formatting page of Slack's messaging documentation */
function slackPayload({ title, text, facts, link }: WebhookMessage): Readonly<Record<string, unknown>> {
  const lines = [
    `*${escapeSlack(title)}*`,
    escapeSlack(text),
    ...facts.map(({ label, value }) => `${escapeSlack(label)}: ${escapeSlack(value)}`),
    ...(link ? [`<${link.url}|${escapeSlack(link.label)}>`] : []),
  ]
  return { text: lines.filter((line) => line !== '').join('\n') }
}

/** The three characters that could otherwise start a mention such as `<!channel>`. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A message with one adaptive card, schema 1.4, as Teams workflows expect it. */
function teamsPayload({ title, text, facts, link }: WebhookMessage): Readonly<Record<string, unknown>> {
  const body = [
    { type: 'TextBlock', text: escapeCard(title), weight: 'Bolder', size: 'Medium', wrap: true },
    { type: 'TextBlock', text: escapeCard(text), wrap: true },
    ...(facts.length > 0 ? [factSet(facts)] : []),
  ]
  const actions = link ? [{ type: 'Action.OpenUrl', title: link.label, url: link.url }] : []
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
    actions,
  }
  const contentType = 'application/vnd.microsoft.card.adaptive'
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] }
}

function factSet(facts: WebhookMessage['facts']): Readonly<Record<string, unknown>> {
  return {
    type: 'FactSet',
    facts: facts.map(({ label, value }) => ({ title: label, value: escapeCard(value) })),
  }
}

/** Cards understand a little Markdown: links and emphasis in foreign words stay plain text. */
function escapeCard(text: string): string {
  return text.replaceAll(/[\\[\]*_`]/g, (character) => `\\${character}`)
}
