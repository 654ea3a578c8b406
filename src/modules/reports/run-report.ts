import { type Context, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { zoneDay } from '../../core/calendar.ts'
import { describePeriod } from './domain/period.ts'
import { type FilterValues, parseFilters, type ReportFilter, resolveFilters } from './domain/report-filter.ts'
import { findFilterLabels } from './find-filter-labels.ts'
import { type ReportData, type ReportKind, requireReportKind } from './report-kind.ts'
import type { Reports } from './reports.ts'

/** Rows that a page or a sheet of each format takes. */
export const MOST_ROWS = { preview: 100, pdf: 5000, xlsx: 100_000, csv: 100_000 } as const

export type ReportRun = {
  readonly kind: ReportKind
  readonly filters: FilterValues
  readonly data: ReportData
}

/** The kinds of reports that the acting user may run. */
export function listReportKinds(ctx: Context, { kinds }: Pick<Reports, 'kinds'>): readonly ReportKind[] {
  requirePermission(ctx, 'reports.report.run')
  return [...kinds.values()].filter(({ permission }) => hasPermission(ctx.actor, permission))
}

/** The facts of a report for the acting user, filters named by their labels. */
export async function runReport(
  ctx: Context,
  { kinds }: Pick<Reports, 'kinds'>,
  asked: { readonly kind: string; readonly filters: unknown },
  limit: number,
): Promise<ReportRun> {
  requirePermission(ctx, 'reports.report.run')
  const kind = requireReportKind(kinds, asked.kind)
  requirePermission(ctx, kind.permission)
  const filters = parseFilters(kind.filters, asked.filters)
  const reading: Context = ctx.inTransaction ? ctx : { ...ctx, db: ctx.database.reader }
  const data = await kind.run(reading, resolveFilters(filters, zoneDay(ctx.now(), ctx.zone)), limit)
  const narrowed = await describeFilters(ctx, kind.filters, filters)
  return { kind, filters, data: { ...data, facts: [...narrowed, ...data.facts] } }
}

async function describeFilters(
  ctx: Context,
  declared: readonly ReportFilter[],
  values: FilterValues,
): Promise<ReportData['facts']> {
  const labels = await findFilterLabels(ctx, declared, values)
  return declared.flatMap((filter) => {
    const value = values[filter.name]
    if (value === undefined) return []
    const text = filterText(ctx, filter, value, labels.get(filter.name))
    return text === '' ? [] : [{ label: filter.label, value: text }]
  })
}

function filterText(
  ctx: Context,
  filter: ReportFilter,
  value: FilterValues[string],
  labels: readonly string[] = [],
): string {
  switch (filter.kind) {
    case 'period':
      return periodText(ctx, filter.name, String(value))
    case 'records':
      return labels.join(', ')
    case 'choice': {
      const chosen: readonly unknown[] = Array.isArray(value) ? value : []
      return filter.choices
        .filter((choice) => chosen.includes(choice.value))
        .map(({ label }) => label)
        .join(', ')
    }
    case 'flag':
      return value === true ? 'Yes' : 'No'
  }
}

/** A relative period with the days that it means now. */
function periodText(ctx: Context, name: string, value: string): string {
  const words = describePeriod(value)
  if (value.includes('..')) return words
  const days = resolveFilters({ [name]: value }, zoneDay(ctx.now(), ctx.zone)).period(name)
  return days ? `${words} (${days.from} – ${days.to})` : words
}
