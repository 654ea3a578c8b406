import { parseDay, startOfDay } from '../../../core/calendar.ts'
import { parseInstant } from '../../../core/parse-instant.ts'
import {
  SourceFailure,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import { textOf } from '../domain/report-tree.ts'

const DAY_MS = 86_400_000

function dateOf({ ctx, parameters }: SourceRequest): Date {
  const text = textOf(parameters, 'date') ?? ''
  // a source that was just made stands for today
  if (text === '') return ctx.now()
  const day = parseDay(text.slice(0, 10))
  const instant = parseInstant(text) ?? (day && startOfDay(day, ctx.zone))
  if (!instant) throw new SourceFailure('parse', 'This is no date.')
  return instant
}

/** Whole days since a date, never negative. */
export function daysSince(date: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - date.getTime()) / DAY_MS))
}

/** Days until a date, today's included, never negative. */
export function daysUntil(date: Date, now: Date): number {
  return Math.max(0, Math.floor((date.getTime() - now.getTime()) / DAY_MS) + 1)
}

const readAge: SourceReader = async (request) => ({
  value: String(daysSince(dateOf(request), request.ctx.now())),
})
const readRest: SourceReader = async (request) => ({
  value: String(daysUntil(dateOf(request), request.ctx.now())),
})

/** A date that people type. */
export const calendar: SourceReaders = { source_up_to_dateness: readAge, time_remaining: readRest }
