import type { OutgoingRules } from './outgoing-rules.ts'
import type { Resolve } from './resolve-allowed.ts'

export type OutgoingMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type GuardedOptions = {
  readonly rules: OutgoingRules
  /** Limit of the body, after decompression. */
  readonly maxBytes: number
  /** From the first look-up to the last byte, redirects included. */
  readonly timeoutMs: number
  /** Longest silence of the other side; 10 s unless given. */
  readonly idleTimeoutMs?: number
  readonly method?: OutgoingMethod
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Of an earlier answer; the other side may then answer 304 with an empty body. */
  readonly validators?: Validators
  /** Cancels the request from outside. */
  readonly signal?: AbortSignal
  /** In place of the system's name resolution. */
  readonly resolve?: Resolve
}

export type Validators = { readonly etag?: string; readonly lastModified?: string }

export type GuardedAnswer = {
  readonly status: number
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly validators: Validators
  /** Where the answer came from, after redirects, without credentials. */
  readonly url: string
  readonly body: Buffer
}
