import { setImmediate } from 'node:timers/promises'

/** What a column holds; decides how its cells are written, and how wide digits and dates are shown. */
export type ColumnKind = 'text' | 'number' | 'day' | 'instant' | 'boolean'

export type SheetColumn = {
  readonly title: string
  readonly kind: ColumnKind
  /** Shown behind the point in XLSX, for numbers; the value itself is not rounded. */
  readonly decimals?: number
  /** In characters, for XLSX; guessed from the kind and the title when absent. */
  readonly width?: number
}

/**
 * A number as somebody typed it: `text` keeps trailing zeros and detection limits. Where `value` is absent the text is
 * no number (`<0.5`).
 */
export type TypedNumber = { readonly text: string; readonly value?: number }

/** `Date` is an instant; a calendar day is text `YYYY-MM-DD` in a column of that kind. */
export type SheetCell = string | number | boolean | Date | TypedNumber | null

/** Cells in the order of the columns; missing ones are empty. */
export type SheetRow = readonly SheetCell[]

export type SheetOptions = {
  /** IANA name; instants are written as local times of this zone. */
  readonly zone: string
}

export type Rows = AsyncIterable<SheetRow> | Iterable<SheetRow>

/** Rows in groups; between two of them other requests get their turn, also when the rows come from memory. */
export async function* batches(rows: Rows, size: number): AsyncGenerator<readonly SheetRow[]> {
  let batch: SheetRow[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length === size) {
      yield batch
      batch = []
      await setImmediate()
    }
  }
  if (batch.length > 0) yield batch
}
