import { RefusedError } from '../../../core/refusal.ts'
import { guardedFetch } from '../../../platform/outgoing/guarded-fetch.ts'
import type { OutgoingRules } from '../../../platform/outgoing/outgoing-rules.ts'
import { type FetchSource, SourceFailure } from './source-reader.ts'

const TIMEOUT_MS = 120_000
const MOST_BYTES = 100 * 2 ** 20

/** Asks sources within the rules for outgoing requests; whatever is no success is the failure of the source. */
export function createSourceFetch(rules: OutgoingRules): FetchSource {
  return async (url, options = {}) => {
    const answer = await ask(url, { rules, timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES, ...options })
    if (answer.status < 200 || answer.status > 299) {
      throw new SourceFailure('connection', `The source answered with status ${answer.status}.`)
    }
    return { url: answer.url, headers: answer.headers, content: answer.body }
  }
}

async function ask(url: string, options: Parameters<typeof guardedFetch>[1]) {
  try {
    return await guardedFetch(url, options)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    throw new SourceFailure('connection', withoutSecrets(error.message), { cause: error })
  }
}

function withoutSecrets(text: string): string {
  return text.replaceAll(/\b(token|key)=[^&\s]+/gi, '$1=<redacted>')
}
