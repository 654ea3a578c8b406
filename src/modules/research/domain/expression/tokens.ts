import { parseUnit, type Unit } from '../../../../core/quantity/unit.ts'

export type Token =
  | { readonly kind: 'number'; readonly at: number; readonly value: number; readonly unit: Unit | undefined }
  | { readonly kind: 'text'; readonly at: number; readonly value: string }
  /** a field, a function or a word of the language; `layers[].thickness` is one */
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | { readonly kind: 'symbol'; readonly at: number; readonly symbol: string }
  | { readonly kind: 'end'; readonly at: number }

/** What is wrong with an expression, and where (from 0). */
export class ExpressionError extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.name = 'ExpressionError'
    this.at = at
  }
}

const LONGEST = 2000
const SPACE = /\s+/y
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?/y
const NAME = /[A-Za-z_#*][A-Za-z0-9_-]*(?:\[\])?(?:\.[A-Za-z_][A-Za-z0-9_]*(?:\[\])?)*/y
const PLAIN_NAME = /[A-Za-z_][A-Za-z0-9_]*(?:\[\])?(?:\.[A-Za-z_][A-Za-z0-9_]*(?:\[\])?)*/y
const TEXT = /"((?:[^"\\]|\\.){0,500})"/y
const SYMBOL = /<=|>=|!=|==|[-+*/^(),<>=~.]/y
const UNIT = /[A-Za-z%[{][A-Za-z0-9%[\]{}'./*^-]*/y

/** Words that are never read as the unit of the number before them. */
const WORDS = new Set(['and', 'or', 'not', 'implies', 'in', 'to', 'between', 'has'])

/**
 * Splits an expression. A unit stands behind its number, as UCUM writes it: the longest text that is one.
 *
 * @param names `plain` for formulas, where `-` and `*` are operators; `wide` for searches, which name fields such as
 *   `*parent`, tags such as `#blackmass` and ids with hyphens
 * @throws ExpressionError
 */
export function tokenize(text: string, names: 'plain' | 'wide'): readonly Token[] {
  if (text.length > LONGEST)
    throw new ExpressionError(`An expression may have ${LONGEST} characters at most.`, LONGEST)
  const scanner: Scanner = { text, at: 0, name: names === 'plain' ? PLAIN_NAME : NAME }
  const tokens: Token[] = []
  for (;;) {
    const token = nextToken(scanner)
    tokens.push(token)
    if (token.kind === 'end') return tokens
  }
}

type Scanner = { readonly text: string; readonly name: RegExp; at: number }

function take(scanner: Scanner, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = scanner.at
  const match = pattern.exec(scanner.text)
  if (match) scanner.at += match[0].length
  return match
}

function nextToken(scanner: Scanner): Token {
  take(scanner, SPACE)
  const { at, text } = scanner
  if (at >= text.length) return { kind: 'end', at }
  const number = take(scanner, NUMBER)
  if (number) return { kind: 'number', at, value: Number(number[0]), unit: takeUnit(scanner) }
  const quoted = take(scanner, TEXT)
  if (quoted) return { kind: 'text', at, value: (quoted[1] ?? '').replaceAll(/\\(.)/g, '$1') }
  const word = take(scanner, scanner.name)
  if (word) return { kind: 'name', at, name: word[0] }
  const symbol = take(scanner, SYMBOL)
  if (symbol) return { kind: 'symbol', at, symbol: symbol[0] }
  throw new ExpressionError(`This cannot be read: ${text.slice(at, at + 10)}`, at)
}

function takeUnit(scanner: Scanner): Unit | undefined {
  const before = scanner.at
  take(scanner, SPACE)
  const start = scanner.at
  const run = take(scanner, UNIT)?.[0] ?? ''
  for (let length = run.length; length > 0; length -= 1) {
    const unit = unitAt(scanner.text, start, length)
    if (!unit) continue
    scanner.at = start + length
    return unit
  }
  scanner.at = before
  return undefined
}

/** A unit that ends where a word ends: `2 minimum` is not two minutes. */
function unitAt(text: string, start: number, length: number): Unit | undefined {
  const code = text.slice(start, start + length)
  if (WORDS.has(code) || /[./-]$/.test(code)) return undefined
  if (/[A-Za-z0-9]$/.test(code) && /[A-Za-z0-9_(]/.test(text[start + length] ?? '')) return undefined
  return parseUnit(code)
}
