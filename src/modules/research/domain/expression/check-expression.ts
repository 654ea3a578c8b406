import {
  addDimensions,
  dimensionName,
  sameDimension,
  timesDimension,
} from '../../../../core/quantity/unit.ts'
import type { Dimension } from '../../../../core/quantity/unit-atoms.data.ts'
import type { Expression } from './expression.ts'
import { ExpressionError } from './tokens.ts'

/** What an expression gives: a number of some dimension, a text, or true or false. */
export type ExpressionType =
  | { readonly kind: 'number'; readonly dimension: Dimension }
  | { readonly kind: 'text' }
  | { readonly kind: 'truth' }

/** What a field holds; `many` for fields inside a list, which only aggregations take. */
export type FieldType = { readonly type: ExpressionType; readonly many: boolean }

/** The type of a field; undefined for one that there is not, or that no expression can read. */
export type FieldTypes = (path: string) => FieldType | undefined

const PURE: Dimension = [0, 0, 0, 0, 0, 0, 0]
const NUMBER: ExpressionType = { kind: 'number', dimension: PURE }
const TRUTH: ExpressionType = { kind: 'truth' }

/**
 * Finds the type of an expression, so that lengths are never added to masses: once, when a schema is published.
 *
 * @throws ExpressionError naming what does not fit
 */
export function typeOfExpression(expression: Expression, fields: FieldTypes): ExpressionType {
  const single = (of: Expression): ExpressionType => {
    const { type, many } = typeOf(of, fields)
    if (many)
      throw new ExpressionError(
        'A list of values stands where one is needed: use sum, mean, min, max or count.',
        0,
      )
    return type
  }
  return single(expression)
}

function typeOf(expression: Expression, fields: FieldTypes): FieldType {
  switch (expression.kind) {
    case 'number':
      return one(numberType(expression))
    case 'text':
      return one({ kind: 'text' })
    case 'field': {
      const found = fields(expression.path)
      if (!found)
        throw new ExpressionError(`There is no field ${expression.path} to calculate with.`, expression.at)
      return found
    }
    case 'negative':
      return one({ kind: 'number', dimension: dimensionOf(expression.of, fields, 0) })
    case 'not':
      requireTruth(expression.of, fields)
      return one(TRUTH)
    case 'power':
      return one({
        kind: 'number',
        dimension: timesDimension(dimensionOf(expression.base, fields, expression.at), expression.exponent),
      })
    case 'arithmetic':
      return one({ kind: 'number', dimension: dimensionOfArithmetic(expression, fields) })
    case 'comparison':
      requireSame(expression.left, expression.right, fields, expression.at)
      return one(TRUTH)
    case 'logic':
      requireTruth(expression.left, fields)
      requireTruth(expression.right, fields)
      return one(TRUTH)
    case 'call':
      return one(typeOfCall(expression, fields))
  }
}

function one(type: ExpressionType): FieldType {
  return { type, many: false }
}

function numberType({ unit }: Extract<Expression, { kind: 'number' }>): ExpressionType {
  if (unit && unit.scale.kind !== 'ratio' && unit.scale.kind !== 'affine')
    throw new ExpressionError(`${unit.code} cannot be calculated with.`, 0)
  return unit ? { kind: 'number', dimension: unit.dimension } : NUMBER
}

function dimensionOf(expression: Expression, fields: FieldTypes, at: number): Dimension {
  const type = typeOfExpression(expression, fields)
  if (type.kind !== 'number') throw new ExpressionError('A number is needed here.', at)
  return type.dimension
}

function dimensionOfArithmetic(
  { operator, left, right, at }: Extract<Expression, { kind: 'arithmetic' }>,
  fields: FieldTypes,
): Dimension {
  const [a, b] = [dimensionOf(left, fields, at), dimensionOf(right, fields, at)]
  switch (operator) {
    case '*':
      return addDimensions(a, b)
    case '/':
      return addDimensions(a, timesDimension(b, -1))
    case '+':
    case '-':
      if (!sameDimension(a, b))
        throw new ExpressionError(
          `${dimensionName(a)} and ${dimensionName(b)} cannot be added or subtracted.`,
          at,
        )
      return a
  }
}

function requireTruth(expression: Expression, fields: FieldTypes): void {
  if (typeOfExpression(expression, fields).kind !== 'truth')
    throw new ExpressionError('Something that is true or false is needed here, such as a comparison.', 0)
}

function requireSame(left: Expression, right: Expression, fields: FieldTypes, at: number): void {
  const [a, b] = [typeOfExpression(left, fields), typeOfExpression(right, fields)]
  if (a.kind !== b.kind) throw new ExpressionError('Only values of the same kind can be compared.', at)
  if (a.kind === 'number' && b.kind === 'number' && !sameDimension(a.dimension, b.dimension))
    throw new ExpressionError(
      `${dimensionName(a.dimension)} and ${dimensionName(b.dimension)} cannot be compared.`,
      at,
    )
}

function typeOfCall(
  { name, of, at }: Extract<Expression, { kind: 'call' }>,
  fields: FieldTypes,
): ExpressionType {
  switch (name) {
    case 'filled':
      if (of[0]?.kind !== 'field') throw new ExpressionError('filled takes a field.', at)
      typeOf(of[0], fields)
      return TRUTH
    case 'count':
      for (const each of of) typeOf(each, fields)
      return NUMBER
    case 'sum':
    case 'mean':
    case 'min':
    case 'max':
      return { kind: 'number', dimension: commonDimension(of, fields, at) }
    case 'if': {
      const [condition, then, otherwise] = of
      if (!condition || !then || !otherwise) throw new ExpressionError('if takes 3 values.', at)
      requireTruth(condition, fields)
      requireSame(then, otherwise, fields, at)
      return typeOfExpression(then, fields)
    }
    case 'ln':
    case 'log10':
      if (!sameDimension(commonDimension(of, fields, at), PURE))
        throw new ExpressionError(`${name} takes a number without dimension.`, at)
      return NUMBER
    case 'sqrt':
      return { kind: 'number', dimension: timesDimension(commonDimension(of, fields, at), 0.5) }
    case 'abs':
      return { kind: 'number', dimension: commonDimension(of, fields, at) }
    case 'round':
      return { kind: 'number', dimension: commonDimension(of.slice(0, 1), fields, at) }
  }
}

function commonDimension(of: readonly Expression[], fields: FieldTypes, at: number): Dimension {
  const dimensions = of.map((each) => {
    const { type } = typeOf(each, fields)
    if (type.kind !== 'number') throw new ExpressionError('Numbers are needed here.', at)
    return type.dimension
  })
  const [first = PURE] = dimensions
  if (!dimensions.every((each) => sameDimension(each, first)))
    throw new ExpressionError('All values must measure the same.', at)
  return first
}
