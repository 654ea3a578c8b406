import type { FieldProblem } from '../../../core/refusal.ts'
import type { ResultRange } from './result-range.ts'
import { parseNumber } from './setup-rules.ts'

/** One line of a dynamic specification: a range, and the conditions under which it holds, by column. */
export type DynamicRow = {
  readonly range: ResultRange
  /** values that facts of the sample or analysis must have; empty cells ask for nothing */
  readonly conditions: Readonly<Record<string, string>>
}

const RANGE_COLUMNS = [
  'keyword',
  'min',
  'max',
  'error',
  'hidemin',
  'hidemax',
  'rangecomment',
  'min_operator',
  'max_operator',
  'warn_min',
  'warn_max',
] as const
const NUMBERS = ['min', 'max', 'error', 'hidemin', 'hidemax', 'warn_min', 'warn_max'] as const
const MIN_OPERATORS = ['>=', '>'] as const
const MAX_OPERATORS = ['<=', '<'] as const

/** A table of text, its first line the names of the columns, as dynamic specifications; with all that is wrong in it. */
export function parseDynamicSpecification(lines: readonly (readonly string[])[]): {
  readonly rows: readonly DynamicRow[]
  readonly problems: readonly FieldProblem[]
} {
  const [head = [], ...body] = lines
  const names = head.map((name) => name.trim())
  if (!names.includes('keyword'))
    return { rows: [], problems: [{ field: '1', problem: 'There is no column keyword.' }] }
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== undefined)
    return { rows: [], problems: [{ field: '1', problem: `There are two columns ${twice}.` }] }
  const rows: DynamicRow[] = []
  const problems: FieldProblem[] = []
  for (const [index, line] of body.entries()) {
    if (line.every((cell) => cell.trim() === '')) continue
    const cells = new Map(names.map((name, column) => [name, (line[column] ?? '').trim()]))
    const found = problemsOf(cells).map((problem) => ({ field: String(index + 2), problem }))
    problems.push(...found)
    if (found.length === 0) rows.push(rowOf(cells))
  }
  return { rows, problems }
}

function problemsOf(cells: ReadonlyMap<string, string>): readonly string[] {
  const word = (name: string) => cells.get(name) ?? ''
  const wrong = NUMBERS.filter((name) => word(name) !== '' && parseNumber(word(name)) === undefined)
  const min = parseNumber(word('min'))
  const max = parseNumber(word('max'))
  return [
    ...(word('keyword') === '' ? ['There is no keyword.'] : []),
    ...wrong.map((name) => `${name} must be a number.`),
    ...(min !== undefined && max !== undefined && min > max ? ['max must not be below min.'] : []),
    ...(word('min_operator') === '' || MIN_OPERATORS.some((each) => each === word('min_operator'))
      ? []
      : ['min_operator must be >= or >.']),
    ...(word('max_operator') === '' || MAX_OPERATORS.some((each) => each === word('max_operator'))
      ? []
      : ['max_operator must be <= or <.']),
  ]
}

function rowOf(cells: ReadonlyMap<string, string>): DynamicRow {
  const given = [...cells].filter(([name, cell]) => name !== '' && cell !== '')
  const isRange = (name: string) => RANGE_COLUMNS.some((each) => each === name)
  return {
    range: {
      keyword: cells.get('keyword') ?? '',
      ...Object.fromEntries(given.filter(([name]) => isRange(name))),
    },
    conditions: Object.fromEntries(given.filter(([name]) => !isRange(name))),
  }
}

/**
 * The range of one service under the facts of a sample: of the rows whose conditions all hold that with most of them, the
 * first among equals. `MinAge` and `MaxAge` compare the fact `Age`, the lower bound belongs to the range.
 *
 * @see specification 4.3
 */
export function dynamicRange(
  rows: readonly DynamicRow[],
  keyword: string,
  facts: Readonly<Record<string, string>>,
): ResultRange | undefined {
  let best: DynamicRow | undefined
  for (const row of rows) {
    if (row.range.keyword !== keyword || !holds(row, facts)) continue
    if (best === undefined || countOf(row) > countOf(best)) best = row
  }
  return best?.range
}

function countOf({ conditions }: DynamicRow): number {
  return Object.keys(conditions).length
}

function holds({ conditions }: DynamicRow, facts: Readonly<Record<string, string>>): boolean {
  return Object.entries(conditions).every(([name, wanted]) => {
    if (name !== 'MinAge' && name !== 'MaxAge') return facts[name]?.trim() === wanted
    const age = parseNumber(facts.Age)
    const bound = parseNumber(wanted)
    if (age === undefined || bound === undefined) return false
    return name === 'MinAge' ? age >= bound : age < bound
  })
}
