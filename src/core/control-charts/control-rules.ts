import { CONTROL_RULES, type ControlRule, type RulePattern, type RuleSet } from './control-rules.data.ts'

/** A rule that is broken at a value; the values from `from` to `at` together break it. */
export type RuleViolation = {
  readonly rule: ControlRule
  readonly from: number
  readonly at: number
}

/**
 * Where values break the rules of a set, in order of the values. A pattern is reported at every value that completes
 * it, so a run of eleven on one side breaks 10-x twice.
 *
 * @param deviations values in standard deviations from the centre, see `standardised`
 */
export function findViolations(deviations: readonly number[], set: RuleSet): readonly RuleViolation[] {
  const rules = CONTROL_RULES.filter((rule) => rule.set === set)
  return deviations.flatMap((_, at) =>
    rules.flatMap((rule) => {
      const from = at + 1 - lengthOf(rule.pattern)
      const window = from < 0 ? [] : deviations.slice(from, at + 1)
      return window.length > 0 && isBroken(rule.pattern, window) ? [{ rule, from, at }] : []
    }),
  )
}

function lengthOf(pattern: RulePattern): number {
  if (pattern.kind === 'beyond') return pattern.of
  return pattern.kind === 'opposite' ? 2 : pattern.length
}

/** @param window as many values as the pattern is long; the newest one last */
function isBroken(pattern: RulePattern, window: readonly number[]): boolean {
  switch (pattern.kind) {
    case 'beyond':
      return isBeyond(pattern, window)
    case 'one-side':
      return window.every((value) => value > 0) || window.every((value) => value < 0)
    case 'trend':
      return steps(window).every((step) => step > 0) || steps(window).every((step) => step < 0)
    case 'alternating':
      return steps(window).every((step, index, all) => index === 0 || step * (all[index - 1] ?? 0) < 0)
    case 'within':
      return window.every((value) => Math.abs(value) < pattern.sigma)
    case 'outside':
      return (
        window.every((value) => Math.abs(value) > pattern.sigma) &&
        Math.min(...window) < 0 &&
        Math.max(...window) > 0
      )
    case 'opposite':
      return Math.max(...window) > pattern.sigma && Math.min(...window) < -pattern.sigma
  }
}

/** Counted at the value that completes it: the newest one has to be among those beyond. */
function isBeyond(
  { count, sigma }: { readonly count: number; readonly sigma: number },
  window: readonly number[],
): boolean {
  const newest = window.at(-1) ?? 0
  const side = Math.sign(newest)
  return newest * side > sigma && window.filter((value) => value * side > sigma).length >= count
}

function steps(window: readonly number[]): number[] {
  return window.slice(1).map((value, index) => value - (window[index] ?? value))
}
