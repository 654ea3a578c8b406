import { asSystem, type Context } from '../../context.ts'
import { toDay, type Weekday } from '../../core/calendar.ts'
import { EVERYTHING } from '../../core/query.ts'
import { MONDAY_TO_FRIDAY, sameHours, type WorkingHours, type WorkingTimes } from '../../core/workdays.ts'
import { listRecords } from '../records/list-records.ts'
import { holidayRecord } from './records/holiday.ts'
import { WEEKDAY_NAMES, workdayRecord } from './records/workday.ts'

const USUAL_HOURS: WorkingHours = { fromMinute: 8 * 60, toMinute: 17 * 60 }
/** A century with a holiday a week. */
const MOST_HOLIDAYS = 5200
const WEEKDAYS = Object.keys(WEEKDAY_NAMES)

/**
 * When the site works, for turnaround and reaction times: no secret, whoever asks. Pure functions of `core/workdays`
 * count with it.
 */
export async function workingTimes(ctx: Context): Promise<WorkingTimes> {
  const page = { where: EVERYTHING, order: [], offset: 0 }
  const reading = asSystem(ctx, 'calendar')
  const [workdays, holidays] = await Promise.all([
    listRecords(reading, workdayRecord, { ...page, limit: 7 }, { total: 'none' }),
    listRecords(reading, holidayRecord, { ...page, limit: MOST_HOLIDAYS }, { total: 'none' }),
  ])
  const days = new Set(
    holidays.rows.filter(({ retiredAt }) => retiredAt === null).map((row) => toDay(String(row.day))),
  )
  if (workdays.rows.length === 0) return sameHours({ ...MONDAY_TO_FRIDAY, holidays: days }, USUAL_HOURS)
  const hours = workdays.rows.map(
    ({ weekday, opens, closes }) =>
      [weekdayNumber(weekday), { fromMinute: minuteOf(opens), toMinute: minuteOf(closes) }] as const,
  )
  return { hours: new Map(hours), holidays: days }
}

function weekdayNumber(name: unknown): Weekday {
  return (WEEKDAYS.indexOf(String(name)) + 1) as Weekday
}

function minuteOf(time: unknown): number {
  const [hour = 0, minute = 0] = String(time).split(':').map(Number)
  return hour * 60 + minute
}
