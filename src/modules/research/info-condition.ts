import type { SearchNode, SearchOperand, SearchOperator } from './domain/search.ts'

const OPERATORS: Readonly<Record<string, SearchOperator>> = {
  exact: '=',
  iexact: '=',
  contains: '~',
  icontains: '~',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
}

/** A condition on a field of the info, as query parameters write it; numbers are in the field's first unit. */
export function infoCondition(path: string, word: string, values: readonly string[]): SearchNode | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_.[\]]{0,200}$/.test(path)) return undefined
  const nodes = values.flatMap((value): SearchNode[] => {
    if (word === 'isnull') {
      const filled: SearchNode = { kind: 'filled', path }
      return [/^(true|1)$/i.test(value) ? { kind: 'not', of: filled } : filled]
    }
    if (word === 'in') return [{ kind: 'any', of: value.split(',').map((each) => compared(path, '=', each)) }]
    const operator = OPERATORS[word]
    return operator === undefined ? [] : [compared(path, operator, value)]
  })
  return nodes.length === 0 ? undefined : { kind: 'any', of: nodes }
}

function compared(path: string, operator: SearchOperator, text: string): SearchNode {
  return { kind: 'compare', path, operator, operand: operandOf(text, operator) }
}

function operandOf(text: string, operator: SearchOperator): SearchOperand {
  if (operator !== '~' && /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text))
    return { kind: 'number', value: Number(text), unit: undefined }
  if (text === 'true' || text === 'false') return { kind: 'truth', value: text === 'true' }
  return { kind: 'text', value: text.slice(0, 200) }
}
