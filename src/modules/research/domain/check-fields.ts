import { convertValue, toCanonical } from '../../../core/quantity/convert.ts'
import { dimensionName, parseUnit, sameDimension } from '../../../core/quantity/unit.ts'
import { elementsOf } from './chemical-formula.ts'
import type { InfoProblem, InfoProblemCode } from './info-problem.ts'
import { valuesAt } from './info-rules.ts'
import { type JsonObject, member, numberOf, textOf } from './json-value.ts'
import { flattenFields, type SchemaField, type SpecificationLimit } from './schema-fields.ts'
import { readStoredQuantity } from './stored-quantity.ts'

/** What a term of a controlled list is, to somebody who enters it. */
export type TermState =
  | { readonly kind: 'active' }
  | { readonly kind: 'retired'; readonly replacement: string | undefined }

/** What stands in the database, looked up for a document before it is checked. */
export type FieldChecks = {
  /** @returns undefined for a term that there is not */
  term?(vocabulary: string, code: string): TermState | undefined
  /** whether other texts than its terms are accepted; undefined for a list that there is not */
  isOpen?(vocabulary: string): boolean | undefined
  /** what kind of thing an id names; undefined for nothing */
  reference?(kind: string, id: string): string | undefined
}

/** What standard keywords cannot say: units, limits, terms, references, formulas. */
export function problemsOfFields(
  fields: readonly SchemaField[],
  info: JsonObject,
  checks: FieldChecks = {},
): readonly InfoProblem[] {
  return flattenFields(fields).flatMap((field) =>
    valuesAt(info, field.path).flatMap(({ value, place }) => [
      ...problemsOfKind(field, value, place, checks),
      ...problemsOfLimits(field, value, place),
    ]),
  )
}

function problem(
  field: SchemaField,
  path: string,
  code: InfoProblemCode,
  message: string,
  params?: Readonly<Record<string, unknown>>,
  level: InfoProblem['level'] = 'error',
): InfoProblem {
  return { path, code, level, message, ...(params ? { params } : {}), uid: field.uid }
}

function problemsOfKind(
  field: SchemaField,
  value: unknown,
  path: string,
  checks: FieldChecks,
): readonly InfoProblem[] {
  switch (field.kind) {
    case 'quantity':
    case 'duration':
      return problemsOfQuantity(field, value, path)
    case 'range':
      return problemsOfRange(field, value, path)
    case 'formula':
      if (typeof value !== 'string' || elementsOf(value)) return []
      return [
        problem(field, path, 'format', 'Does not match the required form (a chemical formula such as NaCl).'),
      ]
    case 'reference':
      return typeof value === 'string' ? problemsOfReference(field, value, path, checks) : []
    case 'text':
    case 'choice':
    case 'multichoice':
    case 'hazard':
      return [value].flat().flatMap((each) => problemsOfTerm(field, each, path, checks))
    default:
      return []
  }
}

function problemsOfQuantity(field: SchemaField, value: unknown, path: string): readonly InfoProblem[] {
  const quantity = readStoredQuantity(value)
  if (!quantity) return [problem(field, path, 'type', 'Must be a quantity with value and unit.')]
  const wrongUnit = problemOfUnit(field, quantity.unit, path)
  if (wrongUnit) return [wrongUnit]
  if (field.uncertainty === 'required' && !quantity.u && quantity.value !== null)
    return [problem(field, `${path}/u`, 'required', 'This field is required.')]
  if (field.uncertainty === 'none' && quantity.u)
    return [problem(field, `${path}/u`, 'unknown_field', 'This field takes no uncertainty.')]
  return problemsOfBounds(field, quantity.value, quantity.unit, path)
}

function problemOfUnit(field: SchemaField, code: string, path: string): InfoProblem | undefined {
  const unit = parseUnit(code)
  if (!unit) return problem(field, path, 'unit_unknown', `Unit "${code}" is unknown.`, { unit: code })
  const expected = parseUnit(field.units[0] ?? code)
  if (!expected || sameDimension(unit.dimension, expected.dimension)) return undefined
  const dimension = dimensionName(expected.dimension)
  return problem(field, path, 'unit_dimension', `Unit "${code}" does not measure ${dimension}.`, {
    unit: code,
    dimension,
  })
}

/** Limits of a quantity are written in the field's first unit. */
function problemsOfBounds(
  field: SchemaField,
  value: number | null,
  code: string,
  path: string,
): readonly InfoProblem[] {
  const own = field.units[0] ?? code
  const converted = value === null ? undefined : inUnit(value, code, own)
  if (converted === undefined) return []
  if (field.minimum !== undefined && isBelow(converted, field.minimum))
    return [
      problem(field, path, 'minimum', `Must be at least ${field.minimum} ${own}.`, {
        min: field.minimum,
        unit: own,
        value: converted,
      }),
    ]
  if (field.maximum !== undefined && isBelow(field.maximum, converted))
    return [
      problem(field, path, 'maximum', `Must be at most ${field.maximum} ${own}.`, {
        max: field.maximum,
        unit: own,
        value: converted,
      }),
    ]
  return []
}

function problemsOfRange(field: SchemaField, value: unknown, path: string): readonly InfoProblem[] {
  const lower = numberOf(member(value, 'lower'))
  const upper = numberOf(member(value, 'upper'))
  const unit = textOf(member(value, 'unit')) ?? field.units[0] ?? '1'
  if (lower === undefined && upper === undefined)
    return [problem(field, path, 'type', 'Must be a range with lower or upper end.')]
  if (lower !== undefined && upper !== undefined && lower > upper)
    return [problem(field, path, 'minimum', 'The lower end must not be above the upper one.')]
  const wrong = problemOfUnit(field, unit, path)
  return wrong ? [wrong] : []
}

function problemsOfReference(
  field: SchemaField,
  id: string,
  path: string,
  checks: FieldChecks,
): readonly InfoProblem[] {
  const expected = field.reference ?? 'sample'
  if (!checks.reference) return []
  const found = checks.reference(expected, id)
  if (found === undefined) return [problem(field, path, 'ref_missing', `"${id}" does not exist.`, { id })]
  if (found === expected) return []
  return [
    problem(field, path, 'ref_type', `"${id}" is a ${found}, expected ${expected}.`, { id, found, expected }),
  ]
}

function problemsOfTerm(
  field: SchemaField,
  value: unknown,
  path: string,
  checks: FieldChecks,
): readonly InfoProblem[] {
  const { vocabulary } = field
  if (vocabulary === undefined || typeof value !== 'string' || !checks.term) return []
  const term = checks.term(vocabulary, value)
  if (term?.kind === 'active') return []
  if (term?.kind === 'retired') {
    const use = term.replacement === undefined ? '' : `; use "${term.replacement}"`
    return [
      problem(field, path, 'retired_term', `"${value}" is no longer in use${use}.`, { value }, 'warning'),
    ]
  }
  return checks.isOpen?.(vocabulary) === true
    ? []
    : [problem(field, path, 'choice', `"${value}" is not a valid choice.`, { value })]
}

/** Specification limits warn, or refuse where the type says so; a number without limit is in order. */
function problemsOfLimits(field: SchemaField, value: unknown, path: string): readonly InfoProblem[] {
  if (field.limits.length === 0) return []
  const quantity = readStoredQuantity(value)
  const number = quantity ? quantity.value : numberOf(value)
  if (number === null || number === undefined) return []
  const unit = quantity?.unit ?? field.units[0] ?? '1'
  return field.limits.flatMap((limit) => {
    const within = isWithin(number, unit, limit, field.units[0] ?? '1')
    const level = limit.action === 'reject' ? 'error' : 'warning'
    return within
      ? []
      : [
          problem(
            field,
            path,
            'limit',
            `outside ${limit.name}: ${limit.lower ?? '−∞'} to ${limit.upper ?? '∞'}`,
            { name: limit.name },
            level,
          ),
        ]
  })
}

function isWithin(number: number, unit: string, limit: SpecificationLimit, own: string): boolean {
  const value = inUnit(number, unit, limit.unit ?? own)
  if (value === undefined) return true
  const { lower, upper } = limit
  return !(lower !== undefined && isBelow(value, lower)) && !(upper !== undefined && isBelow(upper, value))
}

function inUnit(value: number, from: string, to: string): number | undefined {
  const [source, target] = [parseUnit(from), parseUnit(to)]
  if (!source || !target) return undefined
  return (
    convertValue(value, source, target) ??
    (source.code === target.code ? toCanonical(value, source) : undefined)
  )
}

/** Below by more than rounding. */
function isBelow(value: number, limit: number): boolean {
  return limit - value > 1e-9 * Math.max(Math.abs(value), Math.abs(limit))
}
