import type { Context } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { Block } from '../../platform/pdf/pdf-document.ts'
import type { Status } from '../../platform/pdf/status-token.ts'
import type { SheetCell, SheetColumn } from '../../platform/spreadsheets/sheet.ts'
import type { ReportFilter, ReportFilters } from './domain/report-filter.ts'

export type ReportFormat = 'pdf' | 'xlsx' | 'csv'

/** A cell as every format can write it; sheets hold the word of a status. */
export type ReportCell = SheetCell | { readonly status: Status }

export type ReportColumn = SheetColumn & {
  /** share of the page: `fit` unless given; `none` leaves it to the sheets */
  readonly onPaper?: 'fit' | 'fill' | 'none'
}

export type ReportRow = {
  readonly cells: readonly ReportCell[]
  /** heading under which the row stands on paper; rows of a group follow one another */
  readonly group?: string
  /** below the row on paper, such as a comment that has a column of its own in sheets */
  readonly note?: string
}

/** What a report found: facts about it, and one table. */
export type ReportData = {
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly ReportRow[]
  /** there are more rows than were asked for */
  readonly isCut: boolean
  /** on paper before the table, such as a chart */
  readonly blocks?: readonly Block[]
  readonly whenEmpty?: string
}

/** A kind of report. The part whose facts it tells declares it; the module of reports knows no part's store. */
export type ReportKind = {
  /** `module.noun`, e.g. `machine-qa.due` */
  readonly kind: string
  readonly title: string
  readonly description: string
  readonly permission: string
  readonly filters: readonly ReportFilter[]
  readonly formats: readonly ReportFormat[]
  readonly orientation?: 'portrait' | 'landscape'
  /** @param limit rows at most; `isCut` tells whether there were more */
  readonly run: (ctx: Context, filters: ReportFilters, limit: number) => Promise<ReportData>
}

export type ReportKinds = ReadonlyMap<string, ReportKind>

/** @throws Error for a kind that is declared twice: a defect of the declarations */
export function collectReportKinds(kinds: readonly ReportKind[]): ReportKinds {
  const byKind = new Map(kinds.map((kind) => [kind.kind, kind]))
  if (byKind.size < kinds.length) throw new Error('A kind of report is declared twice.')
  return byKind
}

/** @throws RefusedError `not-found` */
export function requireReportKind(kinds: ReportKinds, name: string): ReportKind {
  const kind = kinds.get(name)
  if (!kind) throw new RefusedError({ kind: 'not-found', what: 'kind of report', id: name })
  return kind
}
