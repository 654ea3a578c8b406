import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { recomputeDueDates } from './configuration/due-dates.ts'
import { assignment } from './records/assignment.ts'
import { clearDueDates, saveAutoSchedule } from './store/schedules.ts'

/** What can be done to the due dates of all assignments at once (specification 3.8). */
export const SCHEDULE_COMMANDS = {
  'enable-all': 'let the due dates of all assignments follow their sessions',
  'disable-all': 'leave the due dates of all assignments as they are',
  'schedule-all': 'give due dates to all assignments that schedule themselves and were performed',
  'unschedule-all': 'take away all due dates',
} as const

export type ScheduleCommand = keyof typeof SCHEDULE_COMMANDS

export function isScheduleCommand(word: string): word is ScheduleCommand {
  return Object.hasOwn(SCHEDULE_COMMANDS, word)
}

/** Carries out a command on all assignments. @returns how many it changed */
export async function runScheduleCommand(ctx: Context, command: ScheduleCommand): Promise<number> {
  requirePermission(ctx, assignment.permissions.change)
  return inTransaction(ctx, async (tx) => {
    const changed = await carryOut(tx, command)
    await recordAudit(tx, {
      action: `${assignment.name}.${command}`,
      record: assignment.name,
      recordId: 'all',
      after: { changed },
    })
    return changed
  })
}

function carryOut(tx: Context, command: ScheduleCommand): Promise<number> {
  switch (command) {
    case 'enable-all':
      return saveAutoSchedule(tx.db, true)
    case 'disable-all':
      return saveAutoSchedule(tx.db, false)
    case 'schedule-all':
      return recomputeDueDates(tx, { by: 'all' }, 'present')
    case 'unschedule-all':
      return clearDueDates(tx.db)
  }
}
