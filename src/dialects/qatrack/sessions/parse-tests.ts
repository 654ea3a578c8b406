import type { SubmittedTest } from '../../../modules/machine-qa/performing/submission.ts'
import { characterProblems, type Parsed, type ParseField, problem, truthOf } from '../wire/field-values.ts'
import type { Body } from '../wire/parse-body.ts'
import { pythonNumberText, pythonType } from '../wire/python-words.ts'

export type SubmittedTests = ReadonlyMap<string, SubmittedTest>

/**
 * Reads the `tests` of a session: an object of entries by macro name. Whether a value fits its test is for the verb to
 * say; here entries must be objects, and hold nothing that no database could store.
 */
export function parseTests({ numberTexts }: Body): ParseField<SubmittedTests> {
  return (given, text) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      return problem(`Expected a dictionary of items but got type "${pythonType(given, text)}".`)
    }
    const entries = Object.entries(given)
    const misshapen = entries.filter(([, entry]) => !isObject(entry)).map(([macro]) => `"${macro}"`)
    if (misshapen.length > 0) {
      return problem(`${misshapen.join(', ')} field(s) have errors. Test data must be a dictionary `)
    }
    const tests = new Map<string, SubmittedTest>()
    const problems: string[] = []
    for (const [macro, entry] of entries) {
      const parsed = isObject(entry)
        ? parseEntry(macro, entry, numberTexts.textOf(entry, 'value'))
        : problem('')
      if ('value' in parsed) tests.set(macro, parsed.value)
      else problems.push(...parsed.problems)
    }
    return problems.length > 0 ? { problems } : { value: tests }
  }
}

type Entry = Readonly<Record<string, unknown>>

function isObject(entry: unknown): entry is Entry {
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry)
}

function parseEntry(macro: string, entry: Entry, typed: string | undefined): Parsed<SubmittedTest> {
  const refuse = (reason: string) => problem(`"${macro}" field(s) have errors. ${reason}`)
  const { value, filename, encoding } = entry as SubmittedTest
  const skipped = memberOf(entry, 'skipped', truthOf)
  if (skipped === 'wrong') return refuse('The skipped key must be a boolean')
  const comment = memberOf(entry, 'comment', commentOf)
  if (comment === 'wrong') return refuse('The comment key must be a string')
  // the content of a file becomes bytes: any text will do
  const isFile = typeof filename === 'string' && typeof value === 'string'
  const [unstorable] = textProblems([macro, comment, filename, encoding, ...(isFile ? [] : [value])])
  if (unstorable !== undefined) return refuse(unstorable)
  const valueText = typeof value === 'number' ? (typed ?? String(value)) : undefined
  return {
    value: {
      ...(value === undefined ? {} : { value }),
      ...(valueText === undefined ? {} : { valueText }),
      ...(skipped === undefined ? {} : { skipped }),
      ...(comment === undefined ? {} : { comment }),
      ...(filename === undefined ? {} : { filename }),
      ...(encoding === undefined ? {} : { encoding }),
    },
  }
}

/** A member of an entry; one that is null counts as not sent. */
function memberOf<T>(
  entry: Entry,
  name: string,
  read: (given: unknown) => T | undefined,
): T | 'wrong' | undefined {
  const given = Object.hasOwn(entry, name) ? entry[name] : undefined
  if (given === undefined || given === null) return undefined
  return read(given) ?? 'wrong'
}

function commentOf(given: unknown): string | undefined {
  if (typeof given === 'number') return pythonNumberText(given)
  return typeof given === 'string' ? given : undefined
}

/** What is wrong with the texts in values of any shape, names of members included. */
function textProblems(values: readonly unknown[]): string[] {
  return values.flatMap((value) => {
    if (typeof value === 'string') return characterProblems(value)
    if (typeof value !== 'object' || value === null) return []
    return textProblems(Array.isArray(value) ? value : Object.entries(value).flat())
  })
}
