import type { Unit } from '../../../../core/quantity/unit.ts'

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Arithmetic = '+' | '-' | '*' | '/'

/** A formula or rule as a tree: without loops, without input or output. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly unit: Unit | undefined }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'field'; readonly path: string; readonly at: number }
  | { readonly kind: 'negative'; readonly of: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'arithmetic'
      readonly operator: Arithmetic
      readonly left: Expression
      readonly right: Expression
      readonly at: number
    }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: number; readonly at: number }
  | {
      readonly kind: 'comparison'
      readonly operator: Comparison
      readonly left: Expression
      readonly right: Expression
      readonly at: number
    }
  | {
      readonly kind: 'logic'
      readonly operator: 'and' | 'or' | 'implies'
      readonly left: Expression
      readonly right: Expression
    }
  | {
      readonly kind: 'call'
      readonly name: FunctionName
      readonly of: readonly Expression[]
      readonly at: number
    }

/** Functions and how many arguments they take. */
export const FUNCTIONS = {
  abs: [1, 1],
  min: [1, 20],
  max: [1, 20],
  sqrt: [1, 1],
  ln: [1, 1],
  log10: [1, 1],
  round: [1, 2],
  sum: [1, 20],
  mean: [1, 20],
  count: [1, 20],
  if: [3, 3],
  filled: [1, 1],
} as const satisfies Readonly<Record<string, readonly [number, number]>>

export type FunctionName = keyof typeof FUNCTIONS

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name)
}

/** The fields that an expression reads. */
export function fieldsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return []
    case 'field':
      return [expression.path]
    case 'negative':
    case 'not':
      return fieldsIn(expression.of)
    case 'power':
      return fieldsIn(expression.base)
    case 'call':
      return expression.of.flatMap(fieldsIn)
    case 'arithmetic':
    case 'comparison':
    case 'logic':
      return [...fieldsIn(expression.left), ...fieldsIn(expression.right)]
  }
}
