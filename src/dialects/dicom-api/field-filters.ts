import { setImmediate } from 'node:timers/promises'
import { RE2JS, RE2JSException } from 're2js'
import { WireError } from '../../platform/http/wire-error.ts'

export type FieldTest = (keyword: string) => boolean

const LONGEST_PATTERN = 200

/**
 * The test of `fields__regex`: Python's `re.match`, which looks at the beginning only. The engine takes time in
 * proportion to the text, whatever the pattern; references back and look-around are refused with it.
 *
 * @throws WireError 400 for a pattern that cannot be used
 */
export function parsePattern(pattern: string): FieldTest {
  if (pattern.length > LONGEST_PATTERN) throw invalidPattern(`longer than ${LONGEST_PATTERN} characters`)
  try {
    const compiled = RE2JS.compile(pattern.replaceAll(/(?<!\\)((?:\\\\)*)\\Z/g, '$1\\z'))
    return (keyword) => compiled.matcher(keyword).lookingAt()
  } catch (error) {
    if (error instanceof RE2JSException) throw invalidPattern(pythonMessage(pattern, error.message))
    throw error
  }
}

function invalidPattern(reason: string): WireError {
  return new WireError(400, { fields__regex: [`Invalid regex pattern: ${reason}`] })
}

/** What Python says of the commonest mistakes; of others what the engine says. */
function pythonMessage(pattern: string, message: string): string {
  const reason = message.replace(/^error parsing regexp: /, '')
  const part = /`(.*)`$/s.exec(reason)?.[1] ?? ''
  if (reason.startsWith('missing closing ]'))
    return `unterminated character set at position ${pattern.indexOf(part)}`
  if (reason.startsWith('missing closing )'))
    return `missing ), unterminated subpattern at position ${unclosedAt(pattern)}`
  if (reason.startsWith('unexpected )')) return `unbalanced parenthesis at position ${unopenedAt(pattern)}`
  if (reason.startsWith('missing argument')) return `nothing to repeat at position ${pattern.indexOf(part)}`
  if (reason.startsWith('invalid nested')) return `multiple repeat at position ${pattern.indexOf(part) + 1}`
  if (reason.startsWith('trailing backslash'))
    return `bad escape (end of pattern) at position ${pattern.length - 1}`
  return reason
}

/** Places of parentheses that count: neither escaped nor in a set. */
function parentheses(pattern: string): { readonly open: readonly number[]; readonly unopened: number } {
  const open: number[] = []
  for (const { 0: text, index } of pattern.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]/gs)) {
    if (text === '(') open.push(index)
    if (text === ')' && open.pop() === undefined) return { open, unopened: index }
  }
  return { open, unopened: 0 }
}

function unclosedAt(pattern: string): number {
  return parentheses(pattern).open.at(-1) ?? 0
}

function unopenedAt(pattern: string): number {
  return parentheses(pattern).unopened
}

const TURN_MS = 10
const MOST_MS = 2000

/** The keywords that hold every test, without keeping others waiting. @throws WireError 400 if it takes too long */
export async function filterKeywords(
  keywords: readonly string[],
  tests: readonly FieldTest[],
): Promise<readonly string[]> {
  if (tests.length === 0) return keywords
  const begin = performance.now()
  let turn = begin
  const found: string[] = []
  for (const keyword of keywords) {
    if (tests.every((test) => test(keyword))) found.push(keyword)
    const now = performance.now()
    if (now - begin > MOST_MS) throw invalidPattern('takes too long')
    if (now - turn < TURN_MS) continue
    await setImmediate()
    turn = performance.now()
  }
  return found
}
