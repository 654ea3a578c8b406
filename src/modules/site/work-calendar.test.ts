import { expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { toDay } from '../../core/calendar.ts'
import { isWorkday, workCalendarOf } from '../../core/workdays.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { ACCESS_RECORDS } from '../access/records.ts'
import { ACCESS_TEST_MIGRATIONS } from '../access/testing.ts'
import { retireRecord } from '../records/retire-record.ts'
import { createRecord } from '../records/save-record.ts'
import { holidayRecord } from './records/holiday.ts'
import { workdayRecord } from './records/workday.ts'
import { createSite } from './store/migrations/0001-create.ts'
import { createSiteCalendar } from './store/migrations/0002-calendar.ts'
import { workingTimes } from './work-calendar.ts'
import { workdayHook } from './workday-hook.ts'

const MIGRATIONS = [...ACCESS_TEST_MIGRATIONS, createSite, createSiteCalendar]

forEachDatabase('the calendar of the site', MIGRATIONS, (open) => {
  async function prepare() {
    return makeContext(await open('fresh'), {
      records: [...ACCESS_RECORDS, holidayRecord, workdayRecord],
      recordHooks: new Map([[workdayRecord.name, workdayHook]]),
    })
  }

  it('is Monday to Friday until somebody says otherwise', async () => {
    const ctx = await prepare()
    const { hours, holidays } = await workingTimes({ ...ctx, actor: { kind: 'anonymous' } })
    expect([...hours.keys()]).toEqual([1, 2, 3, 4, 5])
    expect(hours.get(1)).toEqual({ fromMinute: 480, toMinute: 1020 })
    expect(holidays.size).toBe(0)
  })

  it('has the weekdays, hours and holidays that were written down', async () => {
    const ctx = await prepare()
    await createRecord(ctx, workdayRecord, { weekday: 'saturday', opens: '09:30', closes: '24:00' })
    await createRecord(ctx, workdayRecord, { weekday: 'monday' })
    await createRecord(ctx, holidayRecord, { day: '2026-12-26', name: 'Boxing Day' })
    const wrong = await createRecord(ctx, holidayRecord, { day: '2026-12-19', name: 'A mistake' })
    await retireRecord(ctx, holidayRecord, wrong.id, 'retire')
    const times = await workingTimes(ctx)
    expect(times.hours).toEqual(
      new Map([
        [6, { fromMinute: 570, toMinute: 1440 }],
        [1, { fromMinute: 480, toMinute: 1020 }],
      ]),
    )
    const calendar = workCalendarOf(times)
    const worked = ['2026-12-19', '2026-12-21', '2026-12-22', '2026-12-26'].filter((day) =>
      isWorkday(toDay(day), calendar),
    )
    expect(worked).toEqual(['2026-12-19', '2026-12-21'])
  })

  it.each([
    [workdayRecord, { weekday: 'monday', opens: '17:00', closes: '08:00' }, 'closes'],
    [workdayRecord, { weekday: 'monday', opens: '25:00' }, 'opens'],
    [workdayRecord, { weekday: 'someday' }, 'weekday'],
    [holidayRecord, { day: '2026-02-30', name: 'None' }, 'day'],
  ])('refuses what is no time or day (%#)', async (record, values, field) => {
    const ctx = await prepare()
    await expect(createRecord(ctx, record, values)).rejects.toMatchObject({
      refusal: { kind: 'invalid-input', problems: [{ field }] },
    })
  })
})
