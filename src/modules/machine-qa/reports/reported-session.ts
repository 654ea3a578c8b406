import type { Context } from '../../../context.ts'
import { addDays, startOfDay } from '../../../core/calendar.ts'
import type { ReportFilters } from '../../reports/domain/report-filter.ts'
import { PASS_FAIL_LABELS, type PassFail } from '../domain/pass-fail.ts'
import type { SessionFilter } from '../store/reported-sessions.ts'

/** The status of a result or session, in the words and shapes of the application. */
export const PASS_FAIL_STATUS = {
  ok: { token: 'ok', word: PASS_FAIL_LABELS.ok },
  tolerance: { token: 'warn', word: PASS_FAIL_LABELS.tolerance },
  action: { token: 'act', word: PASS_FAIL_LABELS.action },
  no_tol: { token: 'none', word: 'No tolerance' },
  not_done: { token: 'todo', word: 'Not done' },
} as const satisfies Record<PassFail, { token: string; word: string }>

/** The instants of a period of days, the end not included. */
export function spanOf(
  { zone }: Pick<Context, 'zone'>,
  filters: ReportFilters,
  name: string,
): { readonly from: Date; readonly to: Date } {
  const period = filters.period(name)
  if (!period) throw new Error(`the filter ${name} is required`)
  return { from: startOfDay(period.from, zone), to: startOfDay(addDays(period.to, 1), zone) }
}

/** Which sessions the filters of a report mean. */
export function sessionFilter(ctx: Pick<Context, 'zone'>, filters: ReportFilters): SessionFilter {
  const given = {
    unitIds: filters.ids('units'),
    siteIds: filters.ids('sites'),
    frequencyIds: filters.ids('frequencies'),
    listIds: filters.ids('lists'),
    groupIds: filters.ids('groups'),
  }
  const narrowed = Object.fromEntries(Object.entries(given).filter(([, ids]) => ids !== undefined))
  const [review, ...more] = filters.words('review') ?? []
  return {
    ...spanOf(ctx, filters, 'completed'),
    ...narrowed,
    ...(review === undefined || more.length > 0 ? {} : { reviewed: review === 'reviewed' }),
  }
}

/** `1 · Linac 1` */
export function unitLabel({ number, name }: { readonly number: number; readonly name: string }): string {
  return `${number} · ${name}`
}
