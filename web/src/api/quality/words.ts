import type {
  WireMetric,
  WireStatus,
  WireStatusCounts,
} from '../../../../src/dialects/native/quality/report.schema.ts'
import type { StatusToken } from '../../theme/tokens.ts'

interface Appearance {
  readonly token: StatusToken
  readonly word: string
}

const UNKNOWN: Appearance = { token: 'unknown', word: 'Unknown' }

const STATUS: Readonly<Record<Exclude<WireStatus, null>, Appearance>> = {
  target_not_met: { token: 'act', word: 'Target not met' },
  near_target_met: { token: 'warn', word: 'Near target' },
  debt_target_met: { token: 'debt', word: 'Debt accepted' },
  target_met: { token: 'ok', word: 'Target met' },
  informative: { token: 'none', word: 'Informative' },
}

/** Colour, shape and word of a metric's status. */
export function appearanceOf(status: WireStatus): Appearance {
  return status === null ? UNKNOWN : STATUS[status]
}

/** The counts of a card, the worst first. */
export const COUNTED: readonly (Appearance & { readonly key: keyof WireStatusCounts })[] = [
  { key: 'red', ...STATUS.target_not_met },
  { key: 'white', ...UNKNOWN },
  { key: 'yellow', ...STATUS.near_target_met },
  { key: 'grey', ...STATUS.debt_target_met },
  { key: 'green', ...STATUS.target_met },
  { key: 'blue', ...STATUS.informative },
]

/** The worst status that a count has; undefined for nothing. */
export function worstOf(counts: WireStatusCounts): Appearance | undefined {
  return COUNTED.find(({ key }) => counts[key] > 0)
}

export function totalOf(counts: WireStatusCounts): number {
  return COUNTED.reduce((sum, { key }) => sum + counts[key], 0)
}

/** A value with the sign of its scale: `7 %`, `3,120`, `2.4`. */
export function valueText(metric: Pick<WireMetric, 'scale'>, value: string | null): string {
  if (value === null || value === '') return '?'
  if (metric.scale === 'version_number') return value
  const number = Number(value)
  const text = Number.isNaN(number) ? value : number.toLocaleString()
  return metric.scale === 'percentage' ? `${text} %` : text
}

/** `≤ 20`, `≥ 80 %`. */
export function targetText(metric: Pick<WireMetric, 'scale' | 'direction'>, target: string | null): string {
  if (target === null || target === '') return '–'
  return `${metric.direction === '<' ? '≤' : '≥'} ${valueText(metric, target)}`
}

export const UNMEASURED: Readonly<Record<Exclude<WireMetric['unmeasured'], null>, string>> = {
  'no-source': 'It has no source yet.',
  'no-reader': 'One of its sources is not read yet.',
  incomplete: 'Something mandatory is missing in a source.',
}

export const DEBT_PROBLEMS: Readonly<Record<Exclude<WireMetric['debtProblem'], null>, string>> = {
  ended: 'The accepted debt does not count: its end date has passed.',
  'issues-done': 'The accepted debt does not count: all its issues are done.',
  'target-met': 'The accepted debt is not needed: the target is met.',
}
