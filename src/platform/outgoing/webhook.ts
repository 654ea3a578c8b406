import { guardedFetch, parseWebAddress } from './guarded-fetch.ts'
import type { GuardedOptions } from './guarded-request.ts'
import type { OutgoingRules } from './outgoing-rules.ts'
import { hostOf, type Resolve } from './resolve-allowed.ts'
import { upstreamFailed } from './upstream-error.ts'
import { type WebhookKind, type WebhookMessage, webhookPayload } from './webhook-payload.ts'

export type WebhookTarget = {
  readonly url: string
  readonly kind: WebhookKind
  /** Extra headers, for instance a shared secret. */
  readonly headers?: Readonly<Record<string, string>>
}

const LIMITS = { maxBytes: 65_536, timeoutMs: 15_000 }

/**
 * Posts a message to a chat or to a program.
 *
 * @throws RefusedError `invalid-input` for what is no web address; `upstream-failed` when the receiver cannot be
 *   reached or does not answer with a status of success; the address itself, often a secret, is never named
 */
export async function sendWebhook(
  target: WebhookTarget,
  message: WebhookMessage,
  via: { readonly rules: OutgoingRules; readonly resolve?: Resolve },
): Promise<void> {
  const options: GuardedOptions = {
    ...LIMITS,
    ...via,
    method: 'POST',
    headers: { ...target.headers, 'content-type': 'application/json' },
    body: JSON.stringify(webhookPayload(target.kind, message)),
  }
  const { status } = await guardedFetch(target.url, options)
  if (status < 200 || status > 299) {
    throw upstreamFailed(hostOf(parseWebAddress(target.url)), `It answered with status ${status}.`)
  }
}
