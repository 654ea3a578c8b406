import type { WireRange } from '../../../../src/dialects/native/lims/samples.schema.ts'

export type EntryVerdict = 'inside' | 'acceptable' | 'outside' | 'unknown'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

function numberOf(text: string | undefined): number | undefined {
  const bare = (text ?? '').trim()
  return NUMBER.test(bare) ? Number(bare) : undefined
}

/**
 * What a result that is being typed will be, before the server has judged it.
 *
 * @param range `error` is the percentage of the result by which it may miss the range and still be acceptable
 */
export function judgeEntry(text: string, range: WireRange | null): EntryVerdict {
  const value = numberOf(text)
  if (value === undefined || range === null) return 'unknown'
  const min = numberOf(range.min)
  const max = numberOf(range.max)
  if (min === undefined && max === undefined) return 'unknown'
  if (isWithin(value, min, max)) return 'inside'
  const shoulder = (Math.abs(value) * (numberOf(range.error) ?? 0)) / 100
  return isWithin(value + shoulder, min, undefined) && isWithin(value - shoulder, undefined, max)
    ? 'acceptable'
    : 'outside'
}

function isWithin(value: number, min: number | undefined, max: number | undefined): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max)
}

/** The range as people read it: `9 – 11`, `≥ 9`, `≤ 11`; empty where there is none. */
export function rangeText(range: WireRange | null): string {
  const min = range?.min ?? ''
  const max = range?.max ?? ''
  if (min !== '' && max !== '') return `${min} – ${max}`
  if (min !== '') return `≥ ${min}`
  return max === '' ? '' : `≤ ${max}`
}

/** The cells of a column as a spreadsheet puts it on the clipboard: the first cell of every line. */
export function pastedColumn(text: string): readonly string[] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  return lines.map((line) => (line.split('\t')[0] ?? '').trim())
}
