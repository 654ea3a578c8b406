const LONGEST_PATTERN = 200
const LONGEST_TEXT = 1000
const MOST_OPEN_ENDS = 2

/**
 * What is wrong with a pattern that a curator wrote, or undefined. Taken are patterns that no text can keep busy: no
 * repeated groups (but for `?`), no references back, no looking around, and at most two repetitions without end.
 */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return `may have ${LONGEST_PATTERN} characters at most`
  const bare = pattern.replaceAll(/\\[^1-9k]/g, 'x').replaceAll(/\[(?:[^\]\\]|\\.)*\]/g, 'x')
  if (/\\[1-9k]/.test(bare)) return 'may not refer back to a group'
  if (/\(\?(?!:)/.test(bare)) return 'may not look ahead or behind, nor name groups'
  if (/\)[*+{]/.test(bare)) return 'may not repeat a group'
  if ((bare.match(/[*+]|\{\d*,\}/g) ?? []).length > MOST_OPEN_ENDS)
    return `may have ${MOST_OPEN_ENDS} repetitions without end at most`
  return compiled(pattern) ? undefined : 'is no regular expression'
}

/** Tests texts of moderate length against a pattern that {@link patternProblem} takes. */
export function safePattern(pattern: string): { test(text: string): boolean; readonly source: string } {
  const expression = patternProblem(pattern) === undefined ? compiled(pattern) : undefined
  return {
    source: pattern,
    test: (text) => expression !== undefined && text.length <= LONGEST_TEXT && expression.test(text),
  }
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u')
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
