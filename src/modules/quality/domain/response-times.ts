import { addDays, type CalendarDay, endOfDay, parseDay } from '../../../core/calendar.ts'
import type { Status } from './status.ts'

/** What people are given days to react to: statuses of metrics and judgements of entities. */
export const DEFAULT_RESPONSE_DAYS = {
  debt_target_met: 60,
  near_target_met: 21,
  target_not_met: 7,
  unknown: 3,
  confirmed: 180,
  false_positive: 180,
  wont_fix: 180,
  fixed: 7,
} as const satisfies Readonly<Record<string, number>>

/** Days that a report gives for a status; null for no deadline. */
export function responseDays(desired: unknown, status: string): number | null {
  const given = isObject(desired) && Object.hasOwn(desired, status) ? desired[status] : undefined
  if (given === undefined) {
    return Object.hasOwn(DEFAULT_RESPONSE_DAYS, status)
      ? DEFAULT_RESPONSE_DAYS[status as keyof typeof DEFAULT_RESPONSE_DAYS]
      : null
  }
  const days = given === null || given === '' ? Number.NaN : Number(given)
  return Number.isFinite(days) && days >= 0 ? Math.trunc(days) : null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const DAY_MS = 86_400_000

export type Reaction = {
  readonly status: Status | null
  readonly statusStart: Date | null
  readonly debtEndDate: string | null
}

/** Until when somebody should have reacted; undefined where nothing has to be done or nothing was agreed. */
export function deadlineOf(
  { status, statusStart, debtEndDate }: Reaction,
  desired: unknown,
  zone: string,
): Date | undefined {
  if (status === 'target_met' || status === 'informative') return undefined
  if (status === 'debt_target_met') {
    const day = debtEndDate === null ? undefined : parseDay(debtEndDate.slice(0, 10))
    return day && endOfDay(day, zone)
  }
  const days = responseDays(desired, status ?? 'unknown')
  return days === null || statusStart === null ? undefined : new Date(statusStart.getTime() + days * DAY_MS)
}

/** Whole days that are left, at least 0. */
export function daysLeft(deadline: Date, now: Date): number {
  return Math.max(0, Math.round((deadline.getTime() - now.getTime()) / DAY_MS))
}

/** A time during which a metric kept one status. */
export type StatusSpan = { readonly status: Status | null; readonly start: Date; readonly end: Date }

export type Overrun = StatusSpan & { readonly actualDays: number; readonly desiredDays: number }

/** Where reacting took longer than agreed; spans of equal status that follow one another count as one. */
export function overrunsOf(spans: readonly StatusSpan[], desired: unknown): readonly Overrun[] {
  return mergeSpans(spans).flatMap((span) => {
    const desiredDays = responseDays(desired, span.status ?? 'unknown')
    if (desiredDays === null || span.status === 'target_met' || span.status === 'informative') return []
    const actualDays = (span.end.getTime() - span.start.getTime()) / DAY_MS
    return actualDays > desiredDays ? [{ ...span, actualDays: Math.round(actualDays), desiredDays }] : []
  })
}

export function overrunDays(spans: readonly StatusSpan[], desired: unknown): number {
  const total = overrunsOf(spans, desired).reduce(
    (sum, { start, end, desiredDays }) => sum + (end.getTime() - start.getTime()) / DAY_MS - desiredDays,
    0,
  )
  return Math.round(total)
}

function mergeSpans(spans: readonly StatusSpan[]): readonly StatusSpan[] {
  const merged: StatusSpan[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last?.status === span.status) merged[merged.length - 1] = { ...last, end: span.end }
    else merged.push(span)
  }
  return merged
}

/** The day on which a judgement or a debt made today should be looked at again; null for never. */
export function reviewDay(desired: unknown, status: string, today: CalendarDay): CalendarDay | null {
  const days = responseDays(desired, status)
  return days === null ? null : addDays(today, Math.min(days, 365_000))
}
