import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { type CalendarDay, localTimeAt, makeDay, nearestInstant } from '../../core/calendar.ts'
import { RefusedError } from '../../core/refusal.ts'
import { requireUser } from '../access/acting-as.ts'
import { DEFAULT_QUOTA, type MeteredResource } from './domain/metered-resource.ts'
import { DICOM_ACCESS } from './permissions.ts'
import { findDeveloper, type StoredDeveloper } from './store/developers.ts'
import { countUses, listDailyUses, returnUse, takeUse, type Use } from './store/uses.ts'

/** A use that was counted, with what is left of the month. */
export type TakenUse = {
  readonly quota: number
  readonly used: number
  /** Seconds until the next month begins. */
  readonly resetS: number
  /** Takes the use back: the server failed, not the caller. */
  readonly giveBack: () => Promise<void>
}

/**
 * Counts one use of the caller before any work is done. Calls with an API key always count, those of people with a
 * token only if they are developers; those of a browser's session never do.
 *
 * @throws RefusedError `quota-exceeded` with `used` as it would be with this one
 */
export async function meterUse(ctx: Context, resource: MeteredResource): Promise<TakenUse | undefined> {
  requirePermission(ctx, DICOM_ACCESS)
  const { id: userId } = requireUser(ctx)
  const { credential } = ctx.origin
  if (credential === 'session') return undefined
  const developer = await findDeveloper(ctx.db, userId)
  if (credential !== 'api-key' && !developer) return undefined
  const quota = quotaOf(developer, resource)
  const use: Use = { userId, resource, day: siteDay(ctx) }
  const used = await inTransaction(ctx, (tx) => takeUse(tx.db, use, quota))
  if (used === undefined) {
    const before = await countUses(ctx.db, use)
    throw new RefusedError({ kind: 'quota-exceeded', resource, quota, used: before + 1 })
  }
  const giveBack = () => inTransaction(ctx, (tx) => returnUse(tx.db, use))
  return { quota, used, resetS: secondsToNextMonth(ctx), giveBack }
}

function quotaOf(developer: StoredDeveloper | undefined, resource: MeteredResource): number {
  const own = resource === 'read' ? developer?.readQuota : developer?.generateQuota
  return own ?? DEFAULT_QUOTA
}

/** Today in the zone of the site. */
export function siteDay(ctx: Pick<Context, 'now' | 'zone'>): CalendarDay {
  const { year, month, day } = localTimeAt(ctx.now(), ctx.zone)
  const today = makeDay(year, month, day)
  if (today === undefined) throw new Error('The clock shows no day of the calendar.')
  return today
}

/** Months begin at midnight in the zone of the site. */
export function secondsToNextMonth(ctx: Pick<Context, 'now' | 'zone'>): number {
  const now = ctx.now()
  const { year, month } = localTimeAt(now, ctx.zone)
  const next = nearestInstant(
    {
      year: month === 12 ? year + 1 : year,
      month: month === 12 ? 1 : month + 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
      millisecond: 0,
    },
    ctx.zone,
  )
  return Math.ceil((next.getTime() - now.getTime()) / 1000)
}

export type Activity = {
  readonly days: readonly { readonly day: string; readonly count: number }[]
  readonly total: number
}

/** Which days: a month of every year, every month of a year, or both; the current month if neither is said. */
export type ActivityPeriod = { readonly year?: number | undefined; readonly month?: number | undefined }

/** What the caller used on each day, reading and generating together. */
export async function summariseActivity(ctx: Context, period: ActivityPeriod): Promise<Activity> {
  requirePermission(ctx, DICOM_ACCESS)
  const all = await listDailyUses(ctx.db, requireUser(ctx).id)
  const { year, month } =
    period.year === undefined && period.month === undefined ? localTimeAt(ctx.now(), ctx.zone) : period
  const days = all.filter(
    ({ day }) =>
      (year === undefined || Number(day.slice(0, 4)) === year) &&
      (month === undefined || Number(day.slice(5, 7)) === month),
  )
  return { days, total: days.reduce((sum, { count }) => sum + count, 0) }
}
