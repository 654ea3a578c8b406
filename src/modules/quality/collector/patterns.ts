import vm from 'node:vm'
import { SourceFailure } from './source-reader.ts'

/** Patterns are written by people and meet texts of others: together they may take this long. */
const TIMEOUT_MS = 200
const LONGEST_PATTERN = 500

const MATCHING = new vm.Script(
  'patterns.flatMap((pattern) => { const regExp = new RegExp(pattern, "y"); return texts.filter((text) => { regExp.lastIndex = 0; return regExp.test(text) }) })',
)
const REPLACED = new vm.Script(
  'texts.map((text) => patterns.reduce((stable, pattern) => stable.replace(new RegExp(pattern, "g"), replacement), text))',
)

/** Words that choose among names: those to take (all where there are none), and those to leave out. */
export type NameFilter = { readonly include?: readonly string[]; readonly exclude?: readonly string[] }

/**
 * The names that a filter lets through. An entry with one of `^ $ ? . + * [ ]` is a regular expression that matches
 * from the start, unless it is a version number; any other must equal the name.
 *
 * @throws SourceFailure `parse` for a pattern that is none or that takes too long
 */
export function chooseNames(names: readonly string[], filter: NameFilter): ReadonlySet<string> {
  const distinct = [...new Set(names)]
  const included = filter.include?.length ? matchingNames(distinct, filter.include) : new Set(distinct)
  const excluded = filter.exclude?.length ? matchingNames(distinct, filter.exclude) : new Set<string>()
  return new Set([...included].filter((name) => !excluded.has(name)))
}

function matchingNames(names: readonly string[], entries: readonly string[]): ReadonlySet<string> {
  const patterns = entries.filter(isPattern)
  const equal = names.filter((name) => entries.includes(name))
  const matched = patterns.length > 0 ? runBounded(MATCHING, { texts: names, patterns }) : []
  return new Set([...equal, ...matched])
}

/** Whether an entry of a list is meant as a regular expression. */
export function isPattern(entry: string): boolean {
  return /[\^$?.+*[\]]/.test(entry) && !/^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/.test(entry)
}

/** Texts with every match of each pattern replaced, so that keys made of them stay the same. */
export function stabilize(
  texts: readonly string[],
  patterns: readonly string[],
  replacement: string,
): readonly string[] {
  return patterns.length === 0 ? texts : runBounded(REPLACED, { texts, patterns, replacement })
}

function runBounded(
  script: vm.Script,
  given: {
    readonly texts: readonly string[]
    readonly patterns: readonly string[]
    readonly replacement?: string
  },
): readonly string[] {
  if (given.patterns.some((pattern) => pattern.length > LONGEST_PATTERN))
    throw new SourceFailure('parse', 'A pattern is too long.')
  try {
    const found: unknown = script.runInNewContext({ ...given }, { timeout: TIMEOUT_MS })
    return Array.isArray(found) ? [...found].map(String) : []
  } catch (error) {
    throw new SourceFailure('parse', 'A pattern cannot be used, or takes too long.', { cause: error })
  }
}
