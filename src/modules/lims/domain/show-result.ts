import { formatNumber, type Notation, toFixedDecimals } from './number-format.ts'
import { isAboveLimit, isBelowLimit, lowerLimitOf, type Operand, upperLimitOf } from './result-entry.ts'
import type { ResultRange } from './result-range.ts'
import type { ServiceSnapshot } from './service-snapshot.ts'
import { parseNumber } from './setup-rules.ts'
import { precisionOf, uncertaintyOf } from './uncertainty.ts'

export type ShownResult = {
  /** what people read, with the decimal mark that was asked for */
  readonly text: string
  /** `''` where there is none to show */
  readonly uncertainty: string
}

export type ResultToShow = {
  readonly result: string
  readonly operand: Operand | null
  readonly uncertainty: string | null
  readonly snapshot: ServiceSnapshot
  readonly range?: ResultRange | undefined
}

export type ShowOptions = { readonly decimalMark?: string; readonly notation?: Notation }

/** A result as people read it; the first rule of specification 3.9.3 that applies. */
export function showResult(
  given: ResultToShow,
  { decimalMark = '.', notation = '1' }: ShowOptions = {},
): ShownResult {
  const { result, operand, snapshot, range } = given
  const plain = (text: string): ShownResult => ({ text, uncertainty: '' })
  const marked = (text: string) => (decimalMark === '.' ? text : text.replace('.', decimalMark))
  if (result === '') return plain('')
  const stored = { result, operand, service: snapshot }
  const value = parseNumber(result)
  if (operand !== null) return plain(marked(`${operand} ${value === undefined ? result : String(value)}`))
  const option = optionText(result, snapshot)
  if (option !== undefined) return plain(option)
  if (value === undefined) return plain(result)
  const hidden = hiddenBound(value, range)
  if (hidden !== undefined) return plain(marked(hidden))
  if (isBelowLimit(stored)) return plain(marked(`< ${lowerLimitOf(stored)}`))
  if (isAboveLimit(stored)) return plain(marked(`> ${upperLimitOf(stored)}`))
  const uncertainty = uncertaintyOf(value, given.uncertainty, snapshot)
  const precision = precisionOf(uncertainty, snapshot)
  return {
    text: marked(formatNumber(value, precision, snapshot.exponentialFormatPrecision, notation)),
    uncertainty:
      uncertainty === undefined || uncertainty === 0 ? '' : marked(toFixedDecimals(uncertainty, precision)),
  }
}

function hiddenBound(value: number, range: ResultRange | undefined): string | undefined {
  const low = parseNumber(range?.hidemin)
  const high = parseNumber(range?.hidemax)
  if (low !== undefined && value < low) return `< ${range?.hidemin}`
  return high !== undefined && value > high ? `> ${range?.hidemax}` : undefined
}

/** Several options are stored as a JSON list of their values. */
function optionText(result: string, { resultOptions }: ServiceSnapshot): string | undefined {
  if (resultOptions.length === 0) return undefined
  const texts = new Map(resultOptions.map(({ ResultValue, ResultText }) => [String(ResultValue), ResultText]))
  const values = chosenOptions(result)
  const found = values.flatMap((value) => texts.get(value) ?? [])
  return found.length === 0 ? undefined : found.join(', ')
}

/** The values of the options that a result names. */
export function chosenOptions(result: string): readonly string[] {
  if (!/^\[.*\]$/s.test(result)) return [result]
  try {
    const parsed: unknown = JSON.parse(result)
    return Array.isArray(parsed) ? parsed.map(String) : [result]
  } catch (error) {
    // text in brackets that is no list
    if (error instanceof SyntaxError) return [result]
    throw error
  }
}
