import type { Delimiter } from './table.ts'

const CANDIDATES: readonly Delimiter[] = [',', ';', '\t', '|']
const INDEX_OF: ReadonlyMap<string, number> = new Map(
  CANDIDATES.map((candidate, index) => [candidate, index]),
)
const SAMPLE_LINES = 50

/** Excel writes and honours a first line `sep=;`, which is no row. */
export function declaredDelimiter(start: string): Delimiter | undefined {
  const declared = /^sep=(.)\r?\n/.exec(start)?.[1]
  return CANDIDATES.find((candidate) => candidate === declared)
}

/**
 * The separator that divides most of the first lines into the same number of cells; of several the one that gives more
 * cells. Separators within quotes do not count, so decimal commas lose against semicolons.
 */
export function sniffDelimiter(start: string): Delimiter {
  const counts = countPerLine(start)
  const scored = CANDIDATES.map((candidate, index) => {
    const column = counts.map((line) => line[index] ?? 0).filter((count) => count > 0)
    const usual = mostFrequent(column)
    const agreeing = column.filter((count) => count === usual).length
    return { candidate, score: agreeing * 1000 + usual }
  })
  scored.sort((a, b) => b.score - a.score)
  return scored[0]?.candidate ?? ','
}

/** Per line how often each candidate stands outside of quotes. */
function countPerLine(start: string): readonly (readonly number[])[] {
  const lines: number[][] = []
  let line = CANDIDATES.map(() => 0)
  let quoted = false
  for (const character of start) {
    if (character === '"') quoted = !quoted
    else if (quoted) continue
    else if (character === '\n') {
      if (lines.push(line) === SAMPLE_LINES) return lines
      line = CANDIDATES.map(() => 0)
    } else {
      const index = INDEX_OF.get(character)
      if (index !== undefined) line[index] = (line[index] ?? 0) + 1
    }
  }
  return [...lines, line]
}

function mostFrequent(counts: readonly number[]): number {
  const frequency = new Map<number, number>()
  for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1)
  const sorted = [...frequency].sort(([a, timesA], [b, timesB]) => timesB - timesA || b - a)
  return sorted[0]?.[0] ?? 0
}
