import type { Refusal } from '../../core/refusal.ts'
import type { TableLimits, TableRow } from './table.ts'

/** What the reading worker is given when it starts. */
export type XlsxTask = {
  readonly bytes: Uint8Array
  readonly sheet: string | undefined
  readonly limits: TableLimits
}

/** What it answers: the sheets first, then rows, then the end; or one of the failures at any time. */
export type XlsxAnswer =
  | { readonly kind: 'opened'; readonly sheets: readonly string[]; readonly sheet: string }
  | { readonly kind: 'rows'; readonly rows: readonly TableRow[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string }
