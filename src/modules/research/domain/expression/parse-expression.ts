import { type Arithmetic, type Comparison, type Expression, FUNCTIONS, isFunctionName } from './expression.ts'
import { ExpressionError, type Token, tokenize } from './tokens.ts'

const DEEPEST = 40

/** Reads a formula or rule. @throws ExpressionError with the place of what cannot be read */
export function parseExpression(text: string): Expression {
  const reader: Reader = { tokens: tokenize(text, 'plain'), at: 0, depth: 0 }
  const expression = readImplication(reader)
  const left = peek(reader)
  if (left.kind !== 'end') throw new ExpressionError('The expression goes on where it should end.', left.at)
  return expression
}

type Reader = { readonly tokens: readonly Token[]; at: number; depth: number }

const END: Token = { kind: 'end', at: 0 }

function peek(reader: Reader): Token {
  return reader.tokens[reader.at] ?? reader.tokens.at(-1) ?? END
}

function takeSymbol<const S extends string>(reader: Reader, symbols: readonly S[]): S | undefined {
  const token = peek(reader)
  const found = token.kind === 'symbol' ? symbols.find((symbol) => symbol === token.symbol) : undefined
  if (found !== undefined) reader.at += 1
  return found
}

function takeWord(reader: Reader, word: string): boolean {
  const token = peek(reader)
  if (token.kind !== 'name' || token.name !== word) return false
  reader.at += 1
  return true
}

function readImplication(reader: Reader): Expression {
  reader.depth += 1
  if (reader.depth > DEEPEST) throw new ExpressionError('The expression is nested too deep.', peek(reader).at)
  const left = readLogic(reader, 'or')
  const expression: Expression = takeWord(reader, 'implies')
    ? { kind: 'logic', operator: 'implies', left, right: readImplication(reader) }
    : left
  reader.depth -= 1
  return expression
}

function readLogic(reader: Reader, operator: 'or' | 'and'): Expression {
  const readPart = () => (operator === 'or' ? readLogic(reader, 'and') : readNegation(reader))
  let left = readPart()
  while (takeWord(reader, operator)) left = { kind: 'logic', operator, left, right: readPart() }
  return left
}

function readNegation(reader: Reader): Expression {
  let negated = false
  while (takeWord(reader, 'not')) negated = !negated
  const inner = readComparison(reader)
  return negated ? { kind: 'not', of: inner } : inner
}

const COMPARISONS = ['<=', '>=', '!=', '==', '<', '>', '='] as const

function readComparison(reader: Reader): Expression {
  const left = readSum(reader)
  const { at } = peek(reader)
  const symbol = takeSymbol(reader, COMPARISONS)
  if (symbol === undefined) return left
  const operator: Comparison = symbol === '==' ? '=' : symbol
  return { kind: 'comparison', operator, left, right: readSum(reader), at }
}

function readSum(reader: Reader): Expression {
  return readChain(reader, ['+', '-'], readProduct)
}

function readProduct(reader: Reader): Expression {
  return readChain(reader, ['*', '/'], readSigned)
}

function readChain(
  reader: Reader,
  operators: readonly Arithmetic[],
  readPart: (reader: Reader) => Expression,
): Expression {
  let left = readPart(reader)
  for (;;) {
    const { at } = peek(reader)
    const operator = takeSymbol(reader, operators)
    if (operator === undefined) return left
    left = { kind: 'arithmetic', operator, left, right: readPart(reader), at }
  }
}

function readSigned(reader: Reader): Expression {
  let negative = false
  for (;;) {
    const sign = takeSymbol(reader, ['-', '+'])
    if (sign === undefined) break
    if (sign === '-') negative = !negative
  }
  const power = readPower(reader)
  return negative ? { kind: 'negative', of: power } : power
}

function readPower(reader: Reader): Expression {
  const base = readPrimary(reader)
  const { at } = peek(reader)
  if (takeSymbol(reader, ['^']) === undefined) return base
  const sign = takeSymbol(reader, ['-']) === undefined ? 1 : -1
  const token = peek(reader)
  if (token.kind !== 'number' || token.unit || Math.abs(token.value) > 12)
    throw new ExpressionError('An exponent is a number of at most 12.', token.at)
  reader.at += 1
  return { kind: 'power', base, exponent: sign * token.value, at }
}

function readPrimary(reader: Reader): Expression {
  const token = peek(reader)
  reader.at += 1
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: token.value, unit: token.unit }
    case 'text':
      return { kind: 'text', value: token.value }
    case 'name':
      return readNamed(reader, token)
    case 'symbol':
      if (token.symbol === '(') {
        const inner = readImplication(reader)
        if (takeSymbol(reader, [')']) === undefined)
          throw new ExpressionError('A parenthesis is not closed.', peek(reader).at)
        return inner
      }
      throw new ExpressionError(`A value is missing before ${token.symbol}.`, token.at)
    case 'end':
      throw new ExpressionError('The expression ends where a value is missing.', token.at)
  }
}

function readNamed(reader: Reader, { name, at }: Extract<Token, { kind: 'name' }>): Expression {
  if (takeSymbol(reader, ['(']) === undefined) return { kind: 'field', path: name, at }
  if (!isFunctionName(name)) throw new ExpressionError(`There is no function ${name}.`, at)
  const of: Expression[] = []
  do of.push(readImplication(reader))
  while (takeSymbol(reader, [',']) !== undefined)
  if (takeSymbol(reader, [')']) === undefined)
    throw new ExpressionError(`The arguments of ${name} are not closed.`, peek(reader).at)
  const [fewest, most] = FUNCTIONS[name]
  if (of.length < fewest || of.length > most)
    throw new ExpressionError(
      `${name} takes ${fewest === most ? fewest : `${fewest} to ${most}`} values.`,
      at,
    )
  return { kind: 'call', name, of, at }
}
