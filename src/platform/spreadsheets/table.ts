/** `csv` stands for all texts with separated cells. */
export type TableFormat = 'csv' | 'xlsx'

/**
 * A cell as it was found. CSV has text only: what is a number is for the caller to say, who knows whether the comma is
 * a decimal one. XLSX has numbers and booleans as well; its days and times, which have no zone, are given as
 * `YYYY-MM-DD` and `YYYY-MM-DDTHH:MM:SS`.
 */
export type TableCell = string | number | boolean | null

/** `line` is the line of the file, or the row of the sheet, from 1: what an error message names. */
export type TableRow = { readonly line: number; readonly cells: readonly TableCell[] }

export type TableLimits = {
  /** Of the file as it was sent. */
  readonly maxBytes: number
  readonly maxRows: number
  readonly maxColumns: number
}

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
export type Delimiter = ',' | ';' | '\t' | '|'

export type TableOptions = {
  /** Of XLSX; the first visible sheet when absent. */
  readonly sheet?: string
  /** Of CSV; found out when absent. */
  readonly delimiter?: Delimiter
  /** Of CSV; found out when absent. */
  readonly encoding?: TextEncoding
}

/** Empty rows are left out. Reading `rows` may still refuse: its limits are met on the way. */
export type Table =
  | {
      readonly format: 'csv'
      readonly encoding: TextEncoding
      readonly delimiter: Delimiter
      readonly rows: AsyncIterable<TableRow>
    }
  | {
      readonly format: 'xlsx'
      readonly sheets: readonly string[]
      readonly sheet: string
      readonly rows: AsyncIterable<TableRow>
    }
