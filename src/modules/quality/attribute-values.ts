import { invalidInput } from '../../core/refusal.ts'
import { SCALES } from './domain/catalogue/metric-type.ts'
import { sanitizeComment } from './sanitize-comment.ts'

const LONGEST_TEXT = 4000
const MOST_TEXTS = 200
const LARGEST_JSON = 200_000

/** What an attribute may hold; each gives the value as it is stored, or refuses. */
export type ValueRule = (name: string, value: unknown) => unknown

export function textValue(name: string, value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') throw invalidInput(name, 'This must be text.')
  if (value.length > LONGEST_TEXT)
    throw invalidInput(name, `This may have ${LONGEST_TEXT} characters at most.`)
  return storable(name, value)
}

function storable(name: string, value: string): string {
  if (value.includes('\0') || !value.isWellFormed())
    throw invalidInput(name, 'This holds characters that cannot be stored.')
  return value
}

export const maybeText: ValueRule = (name, value) => (value === null ? null : textValue(name, value))

export const comment: ValueRule = (name, value) => {
  if (value === null) return ''
  if (typeof value !== 'string') throw invalidInput(name, 'This must be text.')
  return sanitizeComment(storable(name, value))
}

export const flag: ValueRule = (name, value) => {
  if (typeof value !== 'boolean') throw invalidInput(name, 'This must be true or false.')
  return value
}

export const texts: ValueRule = (name, value) => {
  if (!Array.isArray(value) || value.length > MOST_TEXTS)
    throw invalidInput(name, `This must be a list of at most ${MOST_TEXTS} texts.`)
  const all = value.map((each) => textValue(name, each).trim()).filter((each) => each !== '')
  return [...new Set(all)]
}

export const direction: ValueRule = (name, value) => {
  if (value === '≦') return '<'
  if (value === '≧') return '>'
  if (value === null || value === '') return null
  if (value !== '<' && value !== '>') throw invalidInput(name, 'This must be <, > or null.')
  return value
}

export const scale: ValueRule = (name, value) => {
  if (!SCALES.some((each) => each === value))
    throw invalidInput(name, `This must be one of ${SCALES.join(', ')}.`)
  return value
}

/** A number or version as text; empty for none. */
export const target: ValueRule = (name, value) => {
  const text = value === null ? '' : textValue(name, value).trim()
  return text === '' && value === null ? null : text
}

/** A day, or a time on it; null for none. */
export const dayValue: ValueRule = (name, value) => {
  if (value === null || value === '') return null
  const text = textValue(name, value)
  if (!/^\d{4}-\d\d-\d\d([T ].*)?$/.test(text) || Number.isNaN(Date.parse(text)))
    throw invalidInput(name, 'This must be a day such as 2026-12-31.')
  return text
}

/** Objects and lists that only clients understand, such as the places of cards. */
export const anyJson: ValueRule = (name, value) => {
  if (JSON.stringify(value).length > LARGEST_JSON) throw invalidInput(name, 'This is too large.')
  return value
}

/** Days by status; null for no deadline. */
export const responseTimes: ValueRule = (name, value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidInput(name, 'This must be an object.')
  const entries = Object.entries(value)
  const isDays = (days: unknown) =>
    days === null ||
    days === '' ||
    (Number.isInteger(Number(days)) && Number(days) >= 0 && Number(days) < 100_000)
  if (entries.length > 50 || !entries.every(([, days]) => isDays(days)))
    throw invalidInput(name, 'Each must be a whole number of days or null.')
  return Object.fromEntries(
    entries.map(([status, days]) => [status, days === null || days === '' ? null : Number(days)]),
  )
}

/** Rules of a kind of item; an attribute that is not named cannot be changed. */
export type ValueRules = Readonly<Record<string, ValueRule>>

export const REPORT_RULES: ValueRules = {
  title: textValue,
  subtitle: textValue,
  comment,
  layout: anyJson,
  desired_response_times: responseTimes,
}

export const SUBJECT_RULES: ValueRules = { type: textValue, name: maybeText, subtitle: maybeText, comment }

export const METRIC_RULES: ValueRules = {
  type: textValue,
  name: maybeText,
  secondary_name: maybeText,
  scale,
  unit: maybeText,
  unit_singular: maybeText,
  direction,
  target,
  near_target: target,
  debt_target: target,
  accept_debt: flag,
  debt_end_date: dayValue,
  evaluate_targets: flag,
  tags: texts,
  issue_ids: texts,
  comment,
  measurement_requested: maybeText,
}

export const SOURCE_RULES: ValueRules = { type: textValue, name: maybeText }

/** The value of an attribute as it is stored. @throws RefusedError `invalid-input` */
export function checkValue(rules: ValueRules, name: string, value: unknown): unknown {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
  if (!rule) throw invalidInput(name, `There is no attribute ${name} that can be changed.`)
  return rule(name, value === undefined ? null : value)
}
