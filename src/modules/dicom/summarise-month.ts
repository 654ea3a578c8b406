import { type Context, requirePermission } from '../../context.ts'
import { daysInMonth, parseDay } from '../../core/calendar.ts'
import { invalidInput } from '../../core/refusal.ts'
import { requireUser } from '../access/acting-as.ts'
import { DEFAULT_QUOTA, type MeteredResource } from './domain/metered-resource.ts'
import { secondsToNextMonth, siteDay } from './meter-use.ts'
import { DICOM_ACCESS } from './permissions.ts'
import { findDeveloper } from './store/developers.ts'
import { type Days, listUsesOfDays } from './store/uses-of-days.ts'

/** Uses of a month by day and resource, against what an administrator allows. */
export type MonthUsage = {
  /** `YYYY-MM` in the zone of the site */
  readonly month: string
  readonly isCurrent: boolean
  readonly days: readonly ({ readonly day: string } & Readonly<Record<MeteredResource, number>>)[]
  readonly totals: Readonly<Record<MeteredResource, { readonly used: number; readonly quota: number }>>
  /** When the current month ends and counting begins anew. */
  readonly resetsAt: Date
}

/**
 * What the caller used in a month; the current one unless given.
 *
 * @throws RefusedError `invalid-input` for `month`
 */
export async function summariseMonth(ctx: Context, given?: string): Promise<MonthUsage> {
  requirePermission(ctx, DICOM_ACCESS)
  const { id } = requireUser(ctx)
  const current = siteDay(ctx).slice(0, 7)
  const month = given ?? current
  const [uses, developer] = await Promise.all([
    listUsesOfDays(ctx.db, id, daysOf(month)),
    findDeveloper(ctx.db, id),
  ])
  const days = [...Map.groupBy(uses, ({ day }) => day)].map(([day, ofDay]) => ({
    day,
    read: sum(ofDay.filter(({ resource }) => resource === 'read')),
    generate: sum(ofDay.filter(({ resource }) => resource === 'generate')),
  }))
  return {
    month,
    isCurrent: month === current,
    days,
    totals: {
      read: {
        used: sum(days.map((day) => ({ count: day.read }))),
        quota: developer?.readQuota ?? DEFAULT_QUOTA,
      },
      generate: {
        used: sum(days.map((day) => ({ count: day.generate }))),
        quota: developer?.generateQuota ?? DEFAULT_QUOTA,
      },
    },
    resetsAt: new Date(ctx.now().getTime() + secondsToNextMonth(ctx) * 1000),
  }
}

function daysOf(month: string): Days {
  const first = /^\d{4}-\d{2}$/.test(month) ? parseDay(`${month}-01`) : undefined
  if (first === undefined) throw invalidInput('month', 'This must be a month such as 2026-11.')
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))
  return { first, last: `${month}-${String(last).padStart(2, '0')}` }
}

function sum(uses: readonly { readonly count: number }[]): number {
  return uses.reduce((total, { count }) => total + count, 0)
}
