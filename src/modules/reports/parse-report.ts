import type { Context } from '../../context.ts'
import { parseRecurrence } from '../../core/recurrence-text.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { isMailAddress } from '../../platform/mail/mail-message.ts'
import { groupRecord } from '../access/records/group.ts'
import { userRecord } from '../access/records/user.ts'
import { findRecords } from '../records/list-records.ts'
import { parseFilters } from './domain/report-filter.ts'
import type { ReportNote, ReportSchedule, SavedReport } from './domain/saved-report.ts'
import { type ReportFormat, requireReportKind } from './report-kind.ts'
import type { Reports } from './reports.ts'

/** What somebody decides about a report that is saved. */
export type ReportChoice = Pick<
  SavedReport,
  'title' | 'kind' | 'format' | 'filters' | 'notes' | 'signature' | 'visibility' | 'visibleTo' | 'schedule'
>

type Input = Readonly<Record<string, unknown>>

const MOST_NOTES = 20
const MOST_PEOPLE = 200
const VISIBILITIES = ['owner', 'groups', 'everybody'] as const

/** Reads everything of a report that a client sends. @throws RefusedError `invalid-input` */
export function parseReport({ kinds }: Pick<Reports, 'kinds'>, zone: string, given: Input): ReportChoice {
  if (typeof given.kind !== 'string') throw invalidInput('kind', 'This is required: the kind of report.')
  const kind = requireReportKind(kinds, given.kind)
  const visibility = VISIBILITIES.find((each) => each === (given.visibility ?? 'owner'))
  if (!visibility) throw invalidInput('visibility', 'This must be owner, groups or everybody.')
  const visibleTo = visibility === 'groups' ? idsOf(given.visibleTo, 'visibleTo') : []
  if (visibility === 'groups' && visibleTo.length === 0)
    throw invalidInput('visibleTo', 'Name at least one group that sees the report.')
  return {
    title: parseTitle(given.title),
    kind: kind.kind,
    format: parseFormat(kind.formats, given.format),
    filters: parseFilters(kind.filters, given.filters ?? {}),
    notes: parseNotes(given.notes ?? []),
    signature: flagOf(given.signature, 'signature'),
    visibility,
    visibleTo,
    schedule:
      given.schedule === undefined || given.schedule === null ? null : parseSchedule(given.schedule, zone),
  }
}

function parseTitle(given: unknown): string {
  const title = typeof given === 'string' ? given.trim() : ''
  if (title === '') throw invalidInput('title', 'This is required.')
  if (title.length > 200) throw invalidInput('title', 'This may have 200 characters at most.')
  return title
}

/** @param formats those that the kind of report has */
export function parseFormat(formats: readonly ReportFormat[], given: unknown): ReportFormat {
  const format = formats.find((each) => each === (given ?? formats[0]))
  if (!format) throw invalidInput('format', `This must be one of ${formats.join(', ')}.`)
  return format
}

export function parseNotes(given: unknown): readonly ReportNote[] {
  if (!Array.isArray(given) || given.length > MOST_NOTES)
    throw invalidInput('notes', `This must be a list of ${MOST_NOTES} notes at most.`)
  return given.map((note: unknown, index) => {
    const { heading = '', text }: Input = typeof note === 'object' && note !== null ? { ...note } : {}
    if (
      typeof heading !== 'string' ||
      typeof text !== 'string' ||
      heading.length > 200 ||
      text.length > 10_000
    )
      throw invalidInput(`notes.${index}`, 'This must have a heading and a text.')
    return { heading, text }
  })
}

export function flagOf(given: unknown, field: string): boolean {
  if (given === undefined || typeof given === 'boolean') return given ?? false
  throw invalidInput(field, 'This must be true or false.')
}

function parseSchedule(given: unknown, zone: string): ReportSchedule {
  if (typeof given !== 'object' || given === null) throw invalidInput('schedule', 'This must be an object.')
  const fields: Input = { ...given }
  const schedule = {
    recurrence: parseRule(fields.recurrence, zone),
    minuteOfDay: parseMinute(fields.minuteOfDay),
    groupIds: idsOf(fields.groupIds, 'schedule.groupIds'),
    userIds: idsOf(fields.userIds, 'schedule.userIds'),
    addresses: parseAddresses(fields.addresses),
    sendEmpty: flagOf(fields.sendEmpty, 'schedule.sendEmpty'),
  }
  if (schedule.groupIds.length + schedule.userIds.length + schedule.addresses.length === 0)
    throw invalidInput('schedule', 'Name at least one recipient.')
  return schedule
}

function parseRule(given: unknown, zone: string): string {
  if (typeof given !== 'string' || given.length > 4000)
    throw invalidInput('schedule.recurrence', 'This is required.')
  try {
    const { rules, dates } = parseRecurrence(given, zone)
    if (rules.length + dates.length > 0) return given
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input') throw error
    throw invalidInput('schedule.recurrence', error.refusal.problems.map(({ problem }) => problem).join(' '))
  }
  throw invalidInput('schedule.recurrence', 'Give at least one rule or date.')
}

function parseMinute(given: unknown): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0 && given < 1440 && given % 15 === 0)
    return given
  throw invalidInput('schedule.minuteOfDay', 'This must be minutes after midnight in steps of 15.')
}

function parseAddresses(given: unknown): readonly string[] {
  const addresses = given ?? []
  const isList = Array.isArray(addresses) && addresses.every((each) => typeof each === 'string')
  if (!isList || addresses.length > MOST_PEOPLE)
    throw invalidInput('schedule.addresses', `This must be a list of ${MOST_PEOPLE} mail addresses at most.`)
  const wrong = addresses.find((address) => !isMailAddress(address))
  if (wrong !== undefined)
    throw invalidInput('schedule.addresses', `“${String(wrong).slice(0, 100)}” is not a mail address.`)
  return [...new Set<string>(addresses)]
}

function idsOf(given: unknown, field: string): readonly number[] {
  const ids = given ?? []
  if (
    !Array.isArray(ids) ||
    ids.length > MOST_PEOPLE ||
    !ids.every((id) => Number.isSafeInteger(id) && id > 0)
  )
    throw invalidInput(field, `This must be a list of ${MOST_PEOPLE} ids at most.`)
  return [...new Set<number>(ids)]
}

/** @throws RefusedError `invalid-input` for groups and users that do not exist */
export async function requirePeople(tx: Context, choice: ReportChoice): Promise<void> {
  const groupIds = [...new Set([...choice.visibleTo, ...(choice.schedule?.groupIds ?? [])])]
  const userIds = choice.schedule?.userIds ?? []
  const [groups, users] = await Promise.all([
    findRecords(tx, groupRecord, groupIds),
    findRecords(tx, userRecord, userIds),
  ])
  if (groups.length < groupIds.length) throw invalidInput('visibleTo', 'One of the groups does not exist.')
  if (users.length < userIds.length)
    throw invalidInput('schedule.userIds', 'One of the users does not exist.')
}
