import type { Field } from '../../../core/record.ts'
import { resourceOf } from '../resources/targets.ts'
import { DURATION_PROBLEM, parseDuration } from '../wire/durations.ts'
import {
  type Parsed,
  type ParseField,
  parseBoolean,
  parseDateTime,
  parseInteger,
  parseText,
  problem,
} from '../wire/field-values.ts'
import { parseHyperlink } from '../wire/hyperlink.ts'
import { pythonNumberText, pythonType } from '../wire/python-words.ts'

/** What decides about a field besides its declaration. */
export type FieldManner = {
  readonly zone: string
  readonly isAddress: boolean
  readonly nonEmpty: boolean
}

/** Reads a value for a field of a record in the documented form. */
export function parserOf(field: Field, manner: FieldManner): ParseField<unknown> {
  switch (field.kind) {
    case 'boolean':
      return parseBoolean
    case 'integer':
      return withLeast(parseInteger, field.min)
    case 'instant':
      return parseDateTime(manner.zone)
    case 'duration':
      return withLeast(parseLength, field.min)
    case 'decimal':
      return parseDecimal
    case 'choice':
      return parseChoice(field)
    case 'reference':
      return parseHyperlink(resourceOf(field.target ?? ''))
    case 'references':
      return parseHyperlinks(resourceOf(field.target ?? ''), manner.nonEmpty)
    default:
      return manner.isAddress ? parseAddress(field) : textOf(field)
  }
}

/** What is required may not be blank, everything else may. */
function textOf({ required, maxLength }: Field): ParseField<string> {
  return parseText({
    blank: required ? 'refused' : 'allowed',
    ...(maxLength === undefined ? {} : { maxLength }),
  })
}

function withLeast(parse: ParseField<number>, least: number | undefined): ParseField<number> {
  return (given, text) => {
    const parsed = parse(given, text)
    return 'value' in parsed && least !== undefined && parsed.value < least
      ? problem(`Ensure this value is greater than or equal to ${least}.`)
      : parsed
  }
}

const LONGEST_LENGTH_S = 2_147_483_647

const parseLength: ParseField<number> = (given, text) => {
  const written = typeof given === 'number' ? pythonNumberText(given, text) : given
  const seconds = typeof written === 'string' ? parseDuration(written.trim()) : undefined
  return seconds === undefined || Math.abs(seconds) > LONGEST_LENGTH_S
    ? problem(DURATION_PROBLEM)
    : { value: seconds }
}

const MOST_DIGITS = 10

const parseDecimal: ParseField<number> = (given, text) => {
  const written = typeof given === 'number' ? (text ?? String(given)) : given
  if (typeof written !== 'string') return problem('A valid number is required.')
  const [, whole = '', fraction = ''] = /^\s*[+-]?(\d+)(?:\.(\d*))?\s*$/.exec(written) ?? []
  if (whole === '') return problem('A valid number is required.')
  if (whole.replace(/^0+/, '').length + fraction.length > MOST_DIGITS)
    return problem(`Ensure that there are no more than ${MOST_DIGITS} digits in total.`)
  if (fraction.length > 2) return problem('Ensure that there are no more than 2 decimal places.')
  const value = Number(written)
  return value < 0 ? problem('Ensure this value is greater than or equal to 0.00.') : { value }
}

function parseChoice({ choices = [] }: Field): ParseField<string> {
  return (given) => {
    const known = choices.find(({ value }) => value === given)
    if (known) return { value: known.value }
    return problem(`"${typeof given === 'string' ? given : JSON.stringify(given)}" is not a valid choice.`)
  }
}

function parseHyperlinks(resource: string, nonEmpty: boolean): ParseField<readonly number[]> {
  const parseOne = parseHyperlink(resource)
  return (given, text) => {
    if (!Array.isArray(given))
      return problem(`Expected a list of items but got type "${pythonType(given, text)}".`)
    if (nonEmpty && given.length === 0) return problem('This list may not be empty.')
    const ids: number[] = []
    for (const item of given) {
      const parsed: Parsed<number> = parseOne(item, undefined)
      if ('problems' in parsed) return parsed
      ids.push(parsed.value)
    }
    return { value: [...new Set(ids)] }
  }
}

const ADDRESS =
  /^(?:https?|ftps?):\/\/(?:[^\s/?#@]+@)?[^\s/?#:@.]+(?:\.[^\s/?#:@.]+)*\.?(?::\d{1,5})?(?:[/?#]\S*)?$/i

function parseAddress(field: Field): ParseField<string> {
  const parse = textOf(field)
  return (given, text) => {
    const parsed = parse(given, text)
    return 'value' in parsed && parsed.value !== '' && !ADDRESS.test(parsed.value)
      ? problem('Enter a valid URL.')
      : parsed
  }
}
