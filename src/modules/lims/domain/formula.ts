import type { FieldProblem } from '../../../core/refusal.ts'

/** What a formula names in brackets: `[Ca]`, `[Ca.LDL]`. */
export type FormulaName = {
  readonly keyword: string
  readonly wildcard: Wildcard | undefined
  readonly text: string
}

export const WILDCARDS = ['RESULT', 'LDL', 'UDL', 'BELOWLDL', 'ABOVEUDL'] as const
export type Wildcard = (typeof WILDCARDS)[number]

const BRACKET = /\[([A-Za-z0-9_-]+)(?:\.([A-Za-z0-9_-]+))?\]/g

/** Every name in brackets, once, in the order of appearance. */
export function namesIn(formula: string): readonly FormulaName[] {
  const found = new Map<string, FormulaName>()
  for (const [text, keyword = '', wildcard] of formula.matchAll(BRACKET)) {
    found.set(text, { text, keyword, wildcard: WILDCARDS.find((each) => each === wildcard) ?? undefined })
  }
  return [...found.values()]
}

/**
 * What is wrong with the names of a formula.
 *
 * @see specification 2.5
 */
export function problemsOfNames(
  formula: string,
  services: ReadonlySet<string>,
  interims: ReadonlySet<string>,
): readonly FieldProblem[] {
  const problems: string[] = []
  for (const [, keyword = '', wildcard] of formula.matchAll(BRACKET)) {
    if (interims.has(keyword) && wildcard !== undefined)
      problems.push(`Wildcards for interims are not allowed: ${keyword}.${wildcard}`)
    else if (wildcard !== undefined && !WILDCARDS.some((each) => each === wildcard))
      problems.push(`Invalid wildcards found: ${wildcard}`)
    else if (!interims.has(keyword) && !services.has(keyword))
      problems.push(`Validation failed: Keyword '${keyword}' is invalid`)
  }
  return [...new Set(problems)].map((problem) => ({ field: 'formula', problem }))
}

/** The variable that stands for a name in the Python text. */
export function variableOf({ keyword, wildcard }: FormulaName): string {
  const safe = keyword.replace(/[^A-Za-z0-9_]/g, (character) => `_x${character.charCodeAt(0).toString(16)}_`)
  return `v_${safe}${wildcard === undefined || wildcard === 'RESULT' ? '' : `__${wildcard}`}`
}

/** The formula as one Python expression over variables; line breaks count as blanks. */
export function toPython(formula: string): string {
  const names = new Map(namesIn(formula).map((name) => [name.text, variableOf(name)]))
  return formula
    .replace(/\s+/g, ' ')
    .trim()
    .replace(BRACKET, (text) => names.get(text) ?? text)
}

/**
 * The first circle of services whose calculations need one another, by keyword.
 *
 * @param needs keywords that each service's formula names
 */
export function findCircle(needs: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>()
  const visit = (keyword: string, trail: readonly string[]): readonly string[] | undefined => {
    const at = trail.indexOf(keyword)
    if (at >= 0) return [...trail.slice(at), keyword]
    if (done.has(keyword)) return undefined
    for (const each of needs.get(keyword) ?? []) {
      const circle = visit(each, [...trail, keyword])
      if (circle) return circle
    }
    done.add(keyword)
    return undefined
  }
  for (const keyword of needs.keys()) {
    const circle = visit(keyword, [])
    if (circle) return circle
  }
  return undefined
}
