import type { Refusal } from '../../../core/refusal.ts'
import type { BoundValue } from '../bind.ts'

/** What the main thread asks of a reader thread. */
export type ReaderTask =
  | { readonly kind: 'run'; readonly sql: string; readonly values: readonly BoundValue[] }
  | {
      readonly kind: 'open'
      readonly stream: number
      readonly sql: string
      readonly values: readonly BoundValue[]
    }
  | { readonly kind: 'next'; readonly stream: number; readonly count: number }
  | { readonly kind: 'close'; readonly stream: number }
  | { readonly kind: 'analyze' }
  | { readonly kind: 'reopen' }

export type ReaderRequest = { readonly id: number; readonly task: ReaderTask }

export type ReaderRows = { readonly columns: readonly string[]; readonly rows: readonly unknown[][] }

export type ReaderReply = { readonly id: number } & (
  | { readonly kind: 'rows'; readonly result: ReaderRows }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly failure: ReaderFailure }
)

/** An error in the form in which it crosses threads. */
export type ReaderFailure = {
  readonly name: string
  readonly message: string
  readonly stack?: string
  readonly code?: string
  readonly errcode?: number
}
