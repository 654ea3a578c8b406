/** Longest macro name. */
export const LONGEST_MACRO_NAME = 128

const MACRO_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Words that Python keeps for itself, so that no variable can have them as its name (Python 3.13, section 2.3.1). */
const PYTHON_KEYWORDS: ReadonlySet<string> = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
)

/** Why a text cannot be the macro name of a test: the name is a variable in calculations. */
export function macroNameProblem(name: string): string | undefined {
  if (name === '') return 'All tests require a macro name'
  if (name.length > LONGEST_MACRO_NAME) return `A macro name has at most ${LONGEST_MACRO_NAME} characters`
  if (!MACRO_NAME.test(name)) {
    return 'A macro name consists of letters, digits and underscores and does not begin with a digit'
  }
  return PYTHON_KEYWORDS.has(name) ? `${name} is a word of Python and can not be a macro name` : undefined
}

/** Macro names that occur more than once, each once, in order of their second occurrence. */
export function repeatedMacroNames(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
  }
  return [...repeated]
}
