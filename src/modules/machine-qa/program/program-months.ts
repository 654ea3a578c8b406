import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Context } from '../../../context.ts'
import { addDays, type CalendarDay, startOfDay, zoneDay } from '../../../core/calendar.ts'
import { parseRecurrence } from '../../../core/recurrence-text.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { recurrenceStart } from '../domain/frequency.ts'
import { expectedPerSpan, firstOfMonth, monthBounds } from '../domain/planned-days.ts'
import { countDone, findRecurrenceTexts, findStarts } from '../store/program.ts'
import type { WorkItem } from '../store/work-list.ts'
import { findProgram, type ProgramFilter } from './program-filter.ts'

/** How often work was done in a month and how often its rule asks for it; null for work without a rule. */
export type MonthCell = {
  readonly done: number
  readonly expected: number | null
  readonly unreviewed: number
}

export type ProgramMonths = {
  /** first days */
  readonly months: readonly CalendarDay[]
  readonly rows: readonly { readonly item: WorkItem; readonly cells: readonly MonthCell[] }[]
  readonly total: number
}

const MOST_MONTHS = 24

/**
 * What was done in each of several months, per assignment. What a rule asks for counts from when the assignment was
 * made, or first done; of the present month only until today, of later ones not at all.
 *
 * @throws RefusedError `invalid-input` on `months`, `limit` or `offset`
 */
export async function programMonths(
  ctx: Context,
  {
    first,
    months: count,
    limit,
    offset,
    ...filter
  }: ProgramFilter & {
    readonly first: CalendarDay
    readonly months: number
    readonly limit: number
    readonly offset: number
  },
): Promise<ProgramMonths> {
  requireWithin('months', count, 1, MOST_MONTHS)
  requireWithin('limit', limit, 1, 200)
  requireWithin('offset', offset, 0, 1_000_000)
  const items = await findProgram(ctx, filter)
  const page = items.slice(offset, offset + limit)
  const ids = page.map(({ assignmentId }) => assignmentId)
  const bounds = monthBounds(firstOfMonth(first), count)
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const [done, starts, expected] = await Promise.all([
    countDone(
      db,
      ids,
      bounds.map((day) => startOfDay(day, ctx.zone)),
    ),
    findStarts(db, ids),
    expectedByFrequency(ctx, page, bounds),
  ])
  const doneBy = new Map(done.map((each) => [`${each.assignmentId}/${each.span}`, each]))
  const months = bounds.slice(0, -1)
  return {
    months,
    total: items.length,
    rows: page.map((item) => {
      const start = starts.get(item.assignmentId)
      const began = start ? firstOfMonth(zoneDay(start, ctx.zone)) : null
      return {
        item,
        cells: months.map((month, span) => {
          const found = doneBy.get(`${item.assignmentId}/${span}`)
          const wanted = expected.get(item.frequency?.id ?? 0)?.[span] ?? null
          return {
            done: found?.done ?? 0,
            unreviewed: found?.unreviewed ?? 0,
            expected: wanted !== null && began !== null && month < began ? 0 : wanted,
          }
        }),
      }
    }),
  }
}

/** What the rules of frequencies ask for in each span, by frequency id. */
async function expectedByFrequency(
  ctx: Context,
  items: readonly WorkItem[],
  bounds: readonly CalendarDay[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const texts = await findRecurrenceTexts(db)
  const tomorrow = addDays(zoneDay(ctx.now(), ctx.zone), 1)
  const until = bounds.map((bound) => earlierOf(bound, tomorrow))
  const expected = new Map<number, readonly number[]>()
  for (const id of new Set(items.flatMap(({ frequency }) => frequency?.id ?? []))) {
    const recurrence = parseRecurrence(texts.get(id) ?? '', ctx.zone)
    const anchor = recurrenceStart(ctx.zone)
    expected.set(id, expectedPerSpan(recurrence, until, { anchor, zone: ctx.zone }))
    await nextTurn()
  }
  return expected
}

function earlierOf(one: CalendarDay, other: CalendarDay): CalendarDay {
  if (one < other) return one
  return other
}

function requireWithin(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalidInput(field, `This must be a whole number from ${least} to ${most}.`)
}
