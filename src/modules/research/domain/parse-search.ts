import { ExpressionError, type Token, tokenize } from './expression/tokens.ts'
import type { SearchNode, SearchOperand, SearchOperator } from './search.ts'

/**
 * Reads a search such as `type = Solids and weight_in_g > 5 g and density between 1 and 2 g/cm3`, `composition ~ "NMC"`,
 * `ancestor = 240616_125138_010102 and not has experiment(method = "Sieving")`. Text that compares nothing is words.
 *
 * @throws ExpressionError with the place of what cannot be read
 */
export function parseSearch(text: string): SearchNode {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'all', of: [] }
  if (!/[=<>~]|\b(between|in|has|filled|not)\b/.test(trimmed))
    return { kind: 'words', text: trimmed.slice(0, 200) }
  const reader: Reader = { tokens: tokenize(guardIds(trimmed), 'wide'), at: 0, depth: 0 }
  const node = readAny(reader)
  const left = peek(reader)
  if (left.kind !== 'end') throw new ExpressionError('The search goes on where it should end.', left.at)
  return node
}

/** Sample ids begin with digits; quoted they are one word. Days and months likewise. */
function guardIds(text: string): string {
  return text
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll(/\b(\d{6}_\d{6}_\d{6}|\d{4}-\d{2}(?:-\d{2})?)\b/g, '"$1"'),
    )
    .join('')
}

type Reader = { readonly tokens: readonly Token[]; at: number; depth: number }

const END: Token = { kind: 'end', at: 0 }
const DEEPEST = 20

function peek(reader: Reader): Token {
  return reader.tokens[reader.at] ?? reader.tokens.at(-1) ?? END
}

function takeWord(reader: Reader, word: string): boolean {
  const token = peek(reader)
  if (token.kind !== 'name' || token.name !== word) return false
  reader.at += 1
  return true
}

function takeSymbol(reader: Reader, symbol: string): boolean {
  const token = peek(reader)
  if (token.kind !== 'symbol' || token.symbol !== symbol) return false
  reader.at += 1
  return true
}

function need(reader: Reader, symbol: string): void {
  if (!takeSymbol(reader, symbol)) throw new ExpressionError(`${symbol} is missing.`, peek(reader).at)
}

function readAny(reader: Reader): SearchNode {
  reader.depth += 1
  if (reader.depth > DEEPEST) throw new ExpressionError('The search is nested too deep.', peek(reader).at)
  const of = [readAll(reader)]
  while (takeWord(reader, 'or')) of.push(readAll(reader))
  reader.depth -= 1
  return of.length === 1 && of[0] ? of[0] : { kind: 'any', of }
}

function readAll(reader: Reader): SearchNode {
  const of = [readNot(reader)]
  while (takeWord(reader, 'and')) of.push(readNot(reader))
  return of.length === 1 && of[0] ? of[0] : { kind: 'all', of }
}

function readNot(reader: Reader): SearchNode {
  let negated = false
  while (takeWord(reader, 'not')) negated = !negated
  const inner = readTest(reader)
  return negated ? { kind: 'not', of: inner } : inner
}

function readTest(reader: Reader): SearchNode {
  if (takeSymbol(reader, '(')) {
    const inner = readAny(reader)
    need(reader, ')')
    return inner
  }
  if (takeWord(reader, 'has')) return readExperiment(reader)
  const token = peek(reader)
  if (token.kind !== 'name') throw new ExpressionError('A field is missing here.', token.at)
  reader.at += 1
  if (token.name === 'filled' && takeSymbol(reader, '(')) return readFilled(reader)
  return readComparison(reader, token.name)
}

function readFilled(reader: Reader): SearchNode {
  const token = peek(reader)
  if (token.kind !== 'name') throw new ExpressionError('A field is missing here.', token.at)
  reader.at += 1
  need(reader, ')')
  return { kind: 'filled', path: token.name }
}

function readExperiment(reader: Reader): SearchNode {
  if (!takeWord(reader, 'experiment'))
    throw new ExpressionError('Only has experiment(…) can be asked.', peek(reader).at)
  if (!takeSymbol(reader, '(')) return { kind: 'experiment', method: undefined }
  if (takeSymbol(reader, ')')) return { kind: 'experiment', method: undefined }
  if (!takeWord(reader, 'method'))
    throw new ExpressionError('An experiment is asked for by its method.', peek(reader).at)
  need(reader, '=')
  const method = textOf(readOperand(reader))
  need(reader, ')')
  return { kind: 'experiment', method }
}

const OPERATORS: readonly SearchOperator[] = ['=', '!=', '<', '<=', '>', '>=', '~']

function readComparison(reader: Reader, path: string): SearchNode {
  if (takeWord(reader, 'between')) {
    const low = readOperand(reader)
    if (!takeWord(reader, 'and'))
      throw new ExpressionError('between needs a second value behind and.', peek(reader).at)
    const high = readOperand(reader)
    return { kind: 'between', path, low: withUnitOf(low, high), high }
  }
  if (takeWord(reader, 'in')) return readIn(reader, path)
  const token = peek(reader)
  const operator = token.kind === 'symbol' ? OPERATORS.find((each) => each === token.symbol) : undefined
  if (operator === undefined) throw new ExpressionError(`A comparison is missing behind ${path}.`, token.at)
  reader.at += 1
  const operand = readOperand(reader)
  if (path === 'ancestor' || path === 'descendant')
    return { kind: 'relative', of: path, sampleId: textOf(operand) }
  return { kind: 'compare', path, operator, operand }
}

/** `in ("a", "b")`, or `in 2024-06` for a month. */
function readIn(reader: Reader, path: string): SearchNode {
  if (!takeSymbol(reader, '(')) {
    const operand = readOperand(reader)
    const month = /^\d{4}-\d{2}$/.exec(textOf(operand))?.[0]
    if (month === undefined)
      throw new ExpressionError('in needs a list in parentheses, or a month.', peek(reader).at)
    return {
      kind: 'between',
      path,
      low: { kind: 'text', value: `${month}-01` },
      high: { kind: 'text', value: `${month}-31` },
    }
  }
  const operands: SearchOperand[] = [readOperand(reader)]
  while (takeSymbol(reader, ',')) operands.push(readOperand(reader))
  need(reader, ')')
  return { kind: 'in', path, operands }
}

function readOperand(reader: Reader): SearchOperand {
  const negative = takeSymbol(reader, '-')
  const token = peek(reader)
  reader.at += 1
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: negative ? -token.value : token.value, unit: token.unit }
    case 'text':
      return { kind: 'text', value: token.value }
    case 'name':
      if (token.name === 'true' || token.name === 'false')
        return { kind: 'truth', value: token.name === 'true' }
      return { kind: 'text', value: token.name }
    default:
      throw new ExpressionError('A value is missing here.', token.at)
  }
}

/** In `between 1 and 2 g/cm3` the unit stands for both. */
function withUnitOf(low: SearchOperand, high: SearchOperand): SearchOperand {
  return low.kind === 'number' && low.unit === undefined && high.kind === 'number'
    ? { ...low, unit: high.unit }
    : low
}

function textOf(operand: SearchOperand): string {
  return operand.kind === 'text' ? operand.value : String(operand.value)
}
