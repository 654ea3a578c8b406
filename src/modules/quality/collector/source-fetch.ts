import { createHash } from 'node:crypto'
import { RefusedError } from '../../../core/refusal.ts'
import { guardedFetch } from '../../../platform/outgoing/guarded-fetch.ts'
import type { GuardedAnswer } from '../../../platform/outgoing/guarded-request.ts'
import type { OutgoingRules } from '../../../platform/outgoing/outgoing-rules.ts'
import { type FetchSource, SourceFailure } from './source-reader.ts'

export type FetchLimits = { readonly timeoutMs: number; readonly maxBytes: number }

const USUAL: FetchLimits = { timeoutMs: 120_000, maxBytes: 100 * 2 ** 20 }
/** Answers that are kept to be asked for only when they changed: together, and each. */
const KEPT_BYTES = 32 * 2 ** 20
const KEPT_EACH = 4 * 2 ** 20

type Kept = Map<string, GuardedAnswer>

/** Of each set of rules, since a fetch is made for every wake-up; it ends with the rules. */
const keptByRules = new WeakMap<OutgoingRules, Kept>()

/**
 * Asks sources within the rules for outgoing requests; whatever is no success is the failure of the source. What a
 * server marked is asked for again only if it changed.
 */
export function createSourceFetch(rules: OutgoingRules, limits: FetchLimits = USUAL): FetchSource {
  const kept = keptByRules.get(rules) ?? new Map<string, GuardedAnswer>()
  keptByRules.set(rules, kept)
  return async (url, options = {}) => {
    const isPlain = (options.method ?? 'GET') === 'GET'
    const key = createHash('sha256')
      .update(JSON.stringify([url, options.headers ?? {}]))
      .digest('hex')
    const before = isPlain ? kept.get(key) : undefined
    const answer = await ask(url, {
      rules,
      ...limits,
      ...options,
      ...(before && { validators: before.validators }),
    })
    const current = answer.status === 304 && before ? before : answer
    if (current.status < 200 || current.status > 299)
      throw new SourceFailure('connection', `The source answered with status ${current.status}.`)
    if (isPlain) keep(kept, key, current)
    return { url: current.url, headers: current.headers, content: current.body }
  }
}

/** The newest answers stay while there is room. */
function keep(kept: Kept, key: string, answer: GuardedAnswer): void {
  kept.delete(key)
  if (Object.keys(answer.validators).length === 0 || answer.body.length > KEPT_EACH) return
  kept.set(key, answer)
  let bytes = [...kept.values()].reduce((sum, { body }) => sum + body.length, 0)
  for (const [oldest, { body }] of kept) {
    if (bytes <= KEPT_BYTES) return
    kept.delete(oldest)
    bytes -= body.length
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
