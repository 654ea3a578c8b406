/** What a rule looks for in values that are given in standard deviations from the centre. */
export type RulePattern =
  /** `count` of `of` neighbours beyond ± `sigma`, all on one side */
  | { readonly kind: 'beyond'; readonly count: number; readonly of: number; readonly sigma: number }
  | { readonly kind: 'one-side'; readonly length: number }
  /** each higher than the one before, or each lower; `length` values */
  | { readonly kind: 'trend'; readonly length: number }
  /** up and down in turn */
  | { readonly kind: 'alternating'; readonly length: number }
  /** all within ± `sigma` */
  | { readonly kind: 'within'; readonly length: number; readonly sigma: number }
  /** none within ± `sigma`, on both sides */
  | { readonly kind: 'outside'; readonly length: number; readonly sigma: number }
  /** of two neighbours one above + `sigma`, the other below − `sigma` */
  | { readonly kind: 'opposite'; readonly sigma: number }

export type ControlRule = {
  readonly name: string
  /** what it says, for people */
  readonly words: string
  readonly set: RuleSet
  /** a warning asks to look at the other rules; a rejection says that something changed */
  readonly severity: 'warning' | 'rejection'
  readonly pattern: RulePattern
}

export const RULE_SETS = ['western-electric', 'nelson', 'westgard'] as const
export type RuleSet = (typeof RULE_SETS)[number]

function beyond(count: number, of: number, sigma: number): RulePattern {
  return { kind: 'beyond', count, of, sigma }
}

function rule(
  set: RuleSet,
  name: string,
  words: string,
  pattern: RulePattern,
  severity: ControlRule['severity'] = 'rejection',
): ControlRule {
  return { set, name, words, pattern, severity }
}

/**
 * Western Electric, Statistical Quality Control Handbook (1956), zone tests; Nelson, J Quality Technology 16 (1984) 237;
 * Westgard, Barry, Hunt and Groth, Clin Chem 27 (1981) 493, applied to successive values of one control.
 */
export const CONTROL_RULES: readonly ControlRule[] = [
  rule('western-electric', 'WE1', 'one value beyond 3 s', beyond(1, 1, 3)),
  rule('western-electric', 'WE2', 'two of three beyond 2 s on one side', beyond(2, 3, 2)),
  rule('western-electric', 'WE3', 'four of five beyond 1 s on one side', beyond(4, 5, 1)),
  rule('western-electric', 'WE4', 'eight in a row on one side', { kind: 'one-side', length: 8 }),
  rule('nelson', 'N1', 'one value beyond 3 s', beyond(1, 1, 3)),
  rule('nelson', 'N2', 'nine in a row on one side', { kind: 'one-side', length: 9 }),
  rule('nelson', 'N3', 'six in a row rising or falling', { kind: 'trend', length: 6 }),
  rule('nelson', 'N4', 'fourteen in a row up and down in turn', { kind: 'alternating', length: 14 }),
  rule('nelson', 'N5', 'two of three beyond 2 s on one side', beyond(2, 3, 2)),
  rule('nelson', 'N6', 'four of five beyond 1 s on one side', beyond(4, 5, 1)),
  rule('nelson', 'N7', 'fifteen in a row within 1 s', { kind: 'within', length: 15, sigma: 1 }),
  rule('nelson', 'N8', 'eight in a row beyond 1 s on both sides', { kind: 'outside', length: 8, sigma: 1 }),
  rule('westgard', '1-2s', 'one value beyond 2 s', beyond(1, 1, 2), 'warning'),
  rule('westgard', '1-3s', 'one value beyond 3 s', beyond(1, 1, 3)),
  rule('westgard', '2-2s', 'two in a row beyond 2 s on one side', beyond(2, 2, 2)),
  rule('westgard', 'R-4s', 'two in a row beyond 2 s on opposite sides', { kind: 'opposite', sigma: 2 }),
  rule('westgard', '4-1s', 'four in a row beyond 1 s on one side', beyond(4, 4, 1)),
  rule('westgard', '10-x', 'ten in a row on one side', { kind: 'one-side', length: 10 }),
]
