import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Context } from '../../../context.ts'
import { addDays, type CalendarDay, endOfDay, startOfDay, zoneDay } from '../../../core/calendar.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { firstOfMonth, monthBounds, plannedDays } from '../domain/planned-days.ts'
import { countDone, type DoneSession, findDoneSessions, findRecurrenceTexts } from '../store/program.ts'
import type { WorkItem } from '../store/work-list.ts'
import { findProgram, type ProgramFilter } from './program-filter.ts'

/** A day of a program: what was done on it, what is due, and what will be if all is done on time. */
export type ProgramDay = {
  readonly day: CalendarDay
  readonly done: number
  readonly unreviewed: number
  readonly due: number
  readonly overdue: number
  readonly planned: number
}

/** The days of a month with what was done, is due and is planned. */
export async function programCalendar(
  ctx: Context,
  { month, ...filter }: ProgramFilter & { readonly month: CalendarDay },
): Promise<readonly ProgramDay[]> {
  const items = await findProgram(ctx, filter)
  const [first = month, next = month] = monthBounds(firstOfMonth(month), 1)
  const days: CalendarDay[] = []
  for (let day = first; day < next; day = addDays(day, 1)) days.push(day)
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const bounds = [...days, next].map((day) => startOfDay(day, ctx.zone))
  const ids = items.map(({ assignmentId }) => assignmentId)
  const [counted, planned] = await Promise.all([
    countDone(db, ids, bounds),
    countPlanned(ctx, items, { from: first, to: addDays(next, -1) }),
  ])
  const done = Map.groupBy(counted, ({ span }) => span)
  const due = Map.groupBy(
    items.filter(({ dueDate }) => dueDate !== null),
    ({ dueDate }) => zoneDay(dueDate ?? ctx.now(), ctx.zone),
  )
  return days.map((day, span) => {
    const dueNow = due.get(day) ?? []
    const ofDay = done.get(span) ?? []
    return {
      day,
      done: ofDay.reduce((sum, each) => sum + each.done, 0),
      unreviewed: ofDay.reduce((sum, each) => sum + each.unreviewed, 0),
      due: dueNow.filter(({ dueStatus }) => dueStatus !== 'action').length,
      overdue: dueNow.filter(({ dueStatus }) => dueStatus === 'action').length,
      planned: planned.get(day) ?? 0,
    }
  })
}

/** What a day of the calendar consists of, the first 200 of each. */
export type DayDetails = {
  readonly done: readonly DoneSession[]
  readonly due: readonly WorkItem[]
  /** not due yet, but planned for that day */
  readonly planned: readonly WorkItem[]
}

const MOST_OF_A_DAY = 200

/** What was done, is due and is planned on one day. */
export async function programDay(
  ctx: Context,
  { day, ...filter }: ProgramFilter & { readonly day: CalendarDay },
): Promise<DayDetails> {
  const items = await findProgram(ctx, filter)
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const ids = items.map(({ assignmentId }) => assignmentId)
  const span = { from: startOfDay(day, ctx.zone), to: endOfDay(day, ctx.zone) }
  const planner = await plannerOf(ctx, { from: day, to: day })
  const isPlanned = (item: WorkItem): boolean => planner(item).length > 0
  return {
    done: await findDoneSessions(db, ids, { ...span, limit: MOST_OF_A_DAY }),
    due: items
      .filter(({ dueDate }) => dueDate !== null && zoneDay(dueDate, ctx.zone) === day)
      .slice(0, MOST_OF_A_DAY),
    planned: items.filter(isPlanned).slice(0, MOST_OF_A_DAY),
  }
}

type Span = { readonly from: CalendarDay; readonly to: CalendarDay }

async function countPlanned(
  ctx: Context,
  items: readonly WorkItem[],
  span: Span,
): Promise<ReadonlyMap<CalendarDay, number>> {
  const planner = await plannerOf(ctx, span)
  const counts = new Map<CalendarDay, number>()
  let turnBegan = performance.now()
  for (const item of items) {
    for (const day of planner(item)) counts.set(day, (counts.get(day) ?? 0) + 1)
    if (performance.now() - turnBegan < LONGEST_TURN_MS) continue
    await nextTurn()
    turnBegan = performance.now()
  }
  return counts
}

const LONGEST_TURN_MS = 10

/** Tells on which days of a span, from tomorrow on, work falls due again; the same rule and due date only once. */
async function plannerOf(ctx: Context, span: Span): Promise<(item: WorkItem) => readonly CalendarDay[]> {
  const texts = await findRecurrenceTexts(ctx.inTransaction ? ctx.db : ctx.database.reader)
  const tomorrow = addDays(zoneDay(ctx.now(), ctx.zone), 1)
  const [, from = tomorrow] = [span.from, tomorrow].toSorted()
  const known = new Map<string, readonly CalendarDay[]>()
  return ({ frequency, dueDate, autoSchedule }) => {
    if (frequency === null || dueDate === null || !autoSchedule || from > span.to) return []
    const key = `${frequency.id}/${dueDate.getTime()}`
    const days =
      known.get(key) ??
      plannedDays(
        parseRecurrence(texts.get(frequency.id) ?? '', ctx.zone),
        dueDate,
        { ...span, from },
        ctx.zone,
      )
    known.set(key, days)
    return days
  }
}
