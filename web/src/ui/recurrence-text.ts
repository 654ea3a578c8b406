/** The part of RFC 5545 that a form can offer; everything else is typed as text. */
export interface SimpleRecurrence {
  /** First day, `YYYY-MM-DD`. */
  readonly start: string
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  readonly interval: number
  /** Two letters each, `MO`; only for weekly rules. */
  readonly weekdays: readonly string[]
}

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
const KNOWN_PARTS: ReadonlySet<string> = new Set(['FREQ', 'INTERVAL', 'BYDAY'])

/** Reads `DTSTART…\nRRULE…` when it holds nothing but what the form offers; otherwise undefined. */
export function parseRecurrence(text: string): SimpleRecurrence | undefined {
  const lines = text.trim().split(/\r?\n/)
  const start = /^DTSTART(?:;[^:]*)?:(\d{4})(\d\d)(\d\d)/.exec(
    lines.find((line) => line.startsWith('DTSTART')) ?? '',
  )
  const rules = lines.filter((line) => line.startsWith('RRULE:'))
  if (start === null || rules.length !== 1 || lines.length !== 2) return undefined
  const parts = new Map((rules[0] ?? '').slice('RRULE:'.length).split(';').map(splitPart))
  if ([...parts.keys()].some((name) => !KNOWN_PARTS.has(name))) return undefined
  const frequency = FREQUENCIES.find((known) => known === parts.get('FREQ'))
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const weekdays = parts.get('BYDAY')?.split(',') ?? []
  const areWeekdaysPlain = weekdays.every((day) => WEEKDAYS.some((known) => known === day))
  const isOffered = areWeekdaysPlain && (weekdays.length === 0 || frequency === 'WEEKLY')
  if (frequency === undefined || !Number.isInteger(interval) || interval < 1 || !isOffered) return undefined
  return { start: `${start[1]}-${start[2]}-${start[3]}`, frequency, interval, weekdays }
}

function splitPart(part: string): [string, string] {
  const at = part.indexOf('=')
  return [part.slice(0, at), part.slice(at + 1)]
}

/** Writes the two lines; the time of day of an earlier text is kept. */
export function formatRecurrence(recurrence: SimpleRecurrence, before: string): string {
  const time = /^DTSTART[^\n]*?(T\d{6}Z?)/.exec(before)?.[1] ?? 'T000000Z'
  const parameters = /^DTSTART(;[^:\n]*)?:/.exec(before)?.[1] ?? ''
  const interval = recurrence.interval === 1 ? '' : `;INTERVAL=${recurrence.interval}`
  const isWeekly = recurrence.frequency === 'WEEKLY' && recurrence.weekdays.length > 0
  const days = isWeekly ? `;BYDAY=${recurrence.weekdays.join(',')}` : ''
  const day = recurrence.start.replaceAll('-', '')
  return `DTSTART${parameters}:${day}${time}\nRRULE:FREQ=${recurrence.frequency}${interval}${days}`
}

const UNIT: Record<SimpleRecurrence['frequency'], readonly [string, string]> = {
  DAILY: ['day', 'days'],
  WEEKLY: ['week', 'weeks'],
  MONTHLY: ['month', 'months'],
  YEARLY: ['year', 'years'],
}
const DAY_NAMES: Readonly<Record<string, string>> = {
  MO: 'Mon',
  TU: 'Tue',
  WE: 'Wed',
  TH: 'Thu',
  FR: 'Fri',
  SA: 'Sat',
  SU: 'Sun',
}

/** `every 2 weeks on Mon, Thu`; a rule the form does not offer as its text. */
export function describeRecurrence(text: string): string {
  const recurrence = parseRecurrence(text)
  if (recurrence === undefined) return text.replace(/^DTSTART[^\n]*\n/, '').replace('RRULE:', '')
  const [one, many] = UNIT[recurrence.frequency]
  const every = recurrence.interval === 1 ? `every ${one}` : `every ${recurrence.interval} ${many}`
  const days = recurrence.weekdays.map((day) => DAY_NAMES[day] ?? day).join(', ')
  return days === '' ? every : `${every} on ${days}`
}
