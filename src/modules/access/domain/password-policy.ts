import type { FieldProblem } from '../../../core/refusal.ts'
import { COMMON_PASSWORDS } from './common-passwords.data.ts'

export type PasswordProblem = 'too-short' | 'too-long' | 'all-digits' | 'too-common' | 'too-similar'

export type PasswordPolicy = { readonly minimumLength: number }

/** NIST SP 800-63B and OWASP ASVS 2.1: length and known passwords decide, not kinds of characters. */
export const PASSWORD_POLICY: PasswordPolicy = { minimumLength: 10 }

const LONGEST = 1024

/** What is wrong with a new password; `personal` are names and addresses of its owner, which it may not resemble. */
export function passwordProblems(
  password: string,
  personal: readonly string[],
  policy: PasswordPolicy,
): readonly PasswordProblem[] {
  const problems: PasswordProblem[] = []
  const length = [...password].length
  const lower = password.toLowerCase()
  if (length < policy.minimumLength) problems.push('too-short')
  if (length > LONGEST) problems.push('too-long')
  if (/^\d+$/.test(password)) problems.push('all-digits')
  if (isCommon(lower)) problems.push('too-common')
  if (personal.some((text) => resembles(lower, text.toLowerCase()))) problems.push('too-similar')
  return problems
}

/** As refusals of an input field, in plain words. */
export function describePasswordProblems(
  field: string,
  problems: readonly PasswordProblem[],
  policy: PasswordPolicy,
): readonly FieldProblem[] {
  const words: Readonly<Record<PasswordProblem, string>> = {
    'too-short': `A password has at least ${policy.minimumLength} characters.`,
    'too-long': `A password has at most ${LONGEST} characters.`,
    'all-digits': 'A password is more than digits.',
    'too-common': 'This password is among those that are tried first.',
    'too-similar': 'This password is too similar to the name or the address of its owner.',
  }
  return problems.map((problem) => ({ field, problem: words[problem] }))
}

/** Listed, one to three characters over and over, or a listed word with digits and signs around it. */
function isCommon(lower: string): boolean {
  if (COMMON_PASSWORDS.has(lower) || /^(.{1,3})\1+$/su.test(lower)) return true
  const core = lower.replace(/^[\d\W_]+|[\d\W_]+$/gu, '')
  return core.length >= 4 && COMMON_PASSWORDS.has(core) && lower.length - core.length <= 4
}

/** Whether a password holds a name of four or more characters, or is nearly one. */
function resembles(password: string, name: string): boolean {
  const parts = [name, ...name.split(/[\s@._+-]+/)].filter((part) => part.length >= 4)
  return parts.some((part) => password.includes(part) && part.length * 2 >= password.length)
}
