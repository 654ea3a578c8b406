import type { FieldProblem } from '../../../core/refusal.ts'

type Row = Readonly<Record<string, unknown>>

/** A number as it was typed; undefined for anything else. */
export function parseNumber(text: unknown): number | undefined {
  if (typeof text === 'number') return Number.isFinite(text) ? text : undefined
  if (typeof text !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text))
    return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

function rows(given: unknown): readonly Row[] {
  return Array.isArray(given) ? given.filter((each) => typeof each === 'object' && each !== null) : []
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

function problem(field: string, text: string): FieldProblem {
  return { field, problem: `Validation failed: ${text}` }
}

const KEYWORD = /^[A-Za-z0-9_-]+$/

export function problemsOfRanges(given: unknown): readonly FieldProblem[] {
  return listProblems('resultsRange', given, (row) =>
    typeof row.keyword === 'string' && row.keyword !== ''
      ? (boundsProblem(row.min, row.max) ?? percentProblem(row.error))
      : 'a range needs a keyword',
  )
}

function boundsProblem(min: unknown, max: unknown): string | undefined {
  if (isGiven(min) && parseNumber(min) === undefined) return 'Min values must be numeric'
  if (isGiven(max) && parseNumber(max) === undefined) return 'Max values must be numeric'
  return isGiven(min) && isGiven(max) && Number(min) > Number(max)
    ? 'Max values must be greater than Min values'
    : undefined
}

function percentProblem(error: unknown): string | undefined {
  const percent = isGiven(error) ? parseNumber(error) : 0
  if (percent === undefined) return 'Error values must be numeric'
  return percent < 0 || percent > 100 ? 'Error percentage must be between 0 and 100' : undefined
}

export function problemsOfUncertainties(given: unknown): readonly FieldProblem[] {
  return listProblems('uncertainties', given, (row) => {
    const min = parseNumber(row.intercept_min)
    const max = parseNumber(row.intercept_max)
    const text = String(row.errorvalue ?? '')
    const error = parseNumber(text.replace(/%\s*$/, ''))
    if (min === undefined) return 'Min values must be numeric'
    if (max === undefined) return 'Max values must be numeric'
    if (error === undefined) return 'Error values must be numeric'
    if (min > max) return 'Max values must be greater than Min values'
    if (error < 0) return 'Error value must be 0 or greater'
    return text.includes('%') && error > 100 ? 'Error percentage must be between 0 and 100' : undefined
  })
}

export function problemsOfOptions(given: unknown): readonly FieldProblem[] {
  return listProblems('resultOptions', given, ({ ResultValue, ResultText }) => {
    if (!isGiven(ResultValue)) return 'Result Value must not be blank'
    return isGiven(ResultText) ? undefined : 'Result Text cannot be blank'
  })
}

export function problemsOfInterims(given: unknown): readonly FieldProblem[] {
  const all = rows(given)
  const repeated = (name: 'keyword' | 'title') => {
    const seen = all.map((row) => row[name])
    return seen.find((value, index) => seen.indexOf(value) !== index)
  }
  const found = listProblems('interimFields', given, ({ keyword, title }) => {
    if (typeof keyword !== 'string' || keyword === '') return 'column required: keyword'
    if (typeof title !== 'string' || title === '') return 'column required: title'
    return KEYWORD.test(keyword) ? undefined : 'keyword contains invalid characters'
  })
  const keyword = repeated('keyword')
  const title = repeated('title')
  return [
    ...found,
    ...(keyword === undefined ? [] : [problem('interimFields', `'${String(keyword)}': duplicate keyword`)]),
    ...(title === undefined ? [] : [problem('interimFields', `'${String(title)}': duplicate title`)]),
  ]
}

export function problemsOfReferenceResults(given: unknown): readonly FieldProblem[] {
  return listProblems('referenceResults', given, (row) =>
    ['result', 'min', 'max', 'error'].every(
      (name) => !isGiven(row[name]) || parseNumber(row[name]) !== undefined,
    )
      ? undefined
      : 'Values must be numbers',
  )
}

function listProblems(
  field: string,
  given: unknown,
  check: (row: Row) => string | undefined,
): FieldProblem[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) return [problem(field, 'this must be a list')]
  return rows(given).flatMap((row) => {
    const text = check(row)
    return text === undefined ? [] : [problem(field, text)]
  })
}
