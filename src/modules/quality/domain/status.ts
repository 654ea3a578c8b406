import type { Direction, Scale } from './catalogue/metric-type.ts'
import { compareVersions } from './version-number.ts'

export const STATUSES = [
  'informative',
  'target_met',
  'near_target_met',
  'target_not_met',
  'debt_target_met',
] as const
/** How a measured value compares with what was aimed at; null while nothing is known. */
export type Status = (typeof STATUSES)[number]

/** What a value is compared with. Targets are texts, as people type them; null where there is none. */
export type Targets = {
  readonly scale: Scale
  readonly direction: Direction
  readonly target: string | null
  readonly nearTarget: string | null
  readonly debtTarget: string | null
  readonly evaluateTargets: boolean
  readonly acceptDebt: boolean
  /** the last day on which debt is accepted, `YYYY-MM-DD` or longer; null for no end */
  readonly debtEndDate: string | null
  readonly issueIds: readonly string[]
}

/** The state of an issue in its tracker. */
export type IssueState = { readonly issueId: string; readonly category: 'todo' | 'doing' | 'done' | null }

export type StatusCircumstances = {
  /** the day at the site, `YYYY-MM-DD` */
  readonly today: string
  readonly issues: readonly IssueState[]
}

/** Whether one value is at least as good as another. Nothing counts as 0. */
export function isAsGood(
  { scale, direction }: Pick<Targets, 'scale' | 'direction'>,
  value: string | null,
  aim: string | null,
): boolean {
  const difference =
    scale === 'version_number' ? compareVersions(value ?? '0', aim ?? '0') : compareNumbers(value, aim)
  return direction === '<' ? difference <= 0 : difference >= 0
}

function compareNumbers(a: string | null, b: string | null): number {
  const [one, two] = [toNumber(a), toNumber(b)]
  return one === two ? 0 : one - two
}

/** A number that was typed; what is none counts as 0. A limit without end may be written `inf`. */
function toNumber(text: string | null): number {
  const trimmed = text?.trim() ?? ''
  const infinite = /^([+-]?)inf(inity)?$/i.exec(trimmed)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const number = Number(trimmed)
  return Number.isNaN(number) ? 0 : number
}

/** The status of a value, or of a value that could not be measured (null). */
export function statusOf(
  value: string | null,
  targets: Targets,
  circumstances: StatusCircumstances,
): Status | null {
  if (value === null) return statusWithoutValue(targets, circumstances.today)
  if (!targets.evaluateTargets) return 'informative'
  if (isAsGood(targets, value, targets.target)) return 'target_met'
  if (meetsDebt(value, targets, circumstances)) return 'debt_target_met'
  const nearCounts = isAsGood(targets, targets.target, targets.nearTarget)
  return nearCounts && isAsGood(targets, value, targets.nearTarget) ? 'near_target_met' : 'target_not_met'
}

/** Debt may be accepted for what cannot be measured. */
export function statusWithoutValue(
  { acceptDebt, debtEndDate }: Pick<Targets, 'acceptDebt' | 'debtEndDate'>,
  today: string,
): Status | null {
  return acceptDebt && !hasPassed(debtEndDate, today) ? 'debt_target_met' : null
}

function meetsDebt(value: string, targets: Targets, circumstances: StatusCircumstances): boolean {
  if (!targets.acceptDebt || isDebtExpired(targets, circumstances)) return false
  return isAsGood(targets, value, targets.debtTarget)
}

/** Debt ends with its date, or when everything that was to pay it back is done. Without a debt target it has no end. */
export function isDebtExpired(targets: Targets, { today, issues }: StatusCircumstances): boolean {
  if (targets.debtTarget === null) return false
  return (
    !targets.acceptDebt || hasPassed(targets.debtEndDate, today) || areIssuesDone(targets.issueIds, issues)
  )
}

/** The end date itself is still inside. */
function hasPassed(endDate: string | null, today: string): boolean {
  return endDate !== null && today > endDate
}

/** Each issue must be known: one whose tracker did not answer may be open. */
export function areIssuesDone(issueIds: readonly string[], issues: readonly IssueState[]): boolean {
  const done = new Set(issues.filter(({ category }) => category === 'done').map(({ issueId }) => issueId))
  return issueIds.length > 0 && issueIds.every((id) => done.has(id))
}

export type Colour = 'red' | 'green' | 'yellow' | 'grey' | 'blue' | 'white'

const COLOURS: Readonly<Record<Status, Colour>> = {
  target_not_met: 'red',
  target_met: 'green',
  near_target_met: 'yellow',
  debt_target_met: 'grey',
  informative: 'blue',
}

export function colourOf(status: Status | null): Colour {
  return status === null ? 'white' : COLOURS[status]
}

export type StatusCounts = Readonly<Record<Colour, number>>

/** How many metrics have each colour, all six named, in the order of the wire. */
export function countStatuses(statuses: Iterable<Status | null>): StatusCounts {
  const counts = { red: 0, green: 0, yellow: 0, grey: 0, blue: 0, white: 0 }
  for (const status of statuses) counts[colourOf(status)] += 1
  return counts
}

/** Worst first, as lists of metrics are ordered by status. */
export const STATUS_ORDER: readonly (Status | null)[] = [
  null,
  'target_not_met',
  'near_target_met',
  'debt_target_met',
  'target_met',
  'informative',
]

/** Whether somebody has to do something. */
export function requiresAction(status: Status | null): boolean {
  return status === null || status === 'target_not_met' || status === 'near_target_met'
}

export const STATUS_NAMES: Readonly<Record<Status | 'unknown', string>> = {
  informative: 'Informative',
  target_met: 'Target met',
  near_target_met: 'Near target met',
  target_not_met: 'Target not met',
  debt_target_met: 'Technical debt target met',
  unknown: 'Unknown',
}
