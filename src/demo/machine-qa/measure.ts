import { zoneDay } from '../../core/calendar.ts'
import { NO_VALUE, type TestResultValue } from '../../modules/machine-qa/domain/test-result.ts'
import { type Random, seededRandom, seedOf } from '../random.ts'
import type { DemoTest, DemoValues, Signal } from './demo-test.ts'

/** Where and when something is measured. */
export type Measuring = {
  readonly unitNumber: number
  readonly completed: Date
  readonly zone: string
  readonly daysAgo: number
  readonly random: Random
  /** what this session measures too much, as a factor of the nominal value: something is wrong with it */
  readonly error: number
}

export type Measured = { readonly result: TestResultValue; readonly skipped: boolean }

const YES = 0.9985
const FIRST_WORD = 0.85
/** Days from one adjustment of a machine to the next. */
const ADJUSTED_EVERY = 200

/** Makes up the value of a test; earlier values of the session are at hand in `values` and `texts`. */
export function measure(
  test: DemoTest,
  at: Measuring,
  values: Record<string, number>,
  texts: Record<string, string>,
): Measured {
  switch (test.type) {
    case 'boolean':
      return number(test, at.random.chance(YES) ? 1 : 0, values)
    case 'constant':
      return number(test, test.constantValue ?? 0, values)
    case 'composite':
      return number(test, test.compute?.(values) ?? 0, values)
    case 'scomposite':
      return text(test, test.compose?.(values, texts) ?? '', texts)
    case 'multchoice':
    case 'string':
      return text(test, wordOf(test, at.random), texts)
    case 'date':
      return { result: { ...NO_VALUE, dateValue: zoneDay(at.completed, at.zone) }, skipped: false }
    case 'datetime':
      return { result: { ...NO_VALUE, datetimeValue: at.completed }, skipped: false }
    case 'upload':
      return { result: NO_VALUE, skipped: true }
    default:
      return number(test, measuredNumber(test, at, values), values)
  }
}

function number(test: DemoTest, value: number, values: Record<string, number>): Measured {
  values[test.macro] = value
  return { result: { ...NO_VALUE, value }, skipped: false }
}

function text(test: DemoTest, value: string, texts: Record<string, string>): Measured {
  texts[test.macro] = value
  return { result: { ...NO_VALUE, stringValue: value }, skipped: value === '' }
}

function wordOf({ words = [] }: DemoTest, random: Random): string {
  const [first = ''] = words
  return words.length < 2 || random.chance(FIRST_WORD) ? first : random.pick(words.slice(1))
}

const STEADY: Signal = { sd: 0, decimals: 0 }

function measuredNumber(test: DemoTest, at: Measuring, values: DemoValues): number {
  const { nominal = 0, signal = STEADY, wrapLow, wrapHigh } = test
  const { sd, decimals, driftPerYear = 0, dividedBy } = signal
  const drift = driftPerYear * driftTime(test, at)
  const ideal = (nominal + drift + sd * at.random.normal()) * (dividedBy ? at.error : 1)
  const rounded = Number((ideal / (dividedBy?.(values) ?? 1)).toFixed(decimals))
  if (wrapLow === undefined || wrapHigh === undefined) return rounded
  const range = wrapHigh - wrapLow
  return Number((((((rounded - wrapLow) % range) + range) % range) + wrapLow).toFixed(decimals))
}

/** Years since the last adjustment, up or down by unit and test. */
function driftTime({ macro }: DemoTest, { unitNumber, daysAgo }: Measuring): number {
  const own = seededRandom(seedOf('drift', unitNumber, macro))
  const phase = own.below(ADJUSTED_EVERY)
  const direction = own.chance(0.5) ? 1 : -1
  const days = ADJUSTED_EVERY - 1 - ((daysAgo + phase) % ADJUSTED_EVERY)
  return (direction * days) / 365
}
