import type { FieldProblem } from '../../../core/refusal.ts'
import { formatFixed } from './number-format.ts'
import { PASS_FAIL_LABELS, type PassFailLabels } from './pass-fail.ts'

/** Limits of a deviation; null where there is none. Ordered `actLow ≤ tolLow ≤ tolHigh ≤ actHigh`. */
export type ToleranceLimits = {
  readonly actLow: number | null
  readonly tolLow: number | null
  readonly tolHigh: number | null
  readonly actHigh: number | null
}

/** A band around the reference, in the unit of the test (`absolute`) or in per cent of the reference. */
export type NumericTolerance = ToleranceLimits & { readonly kind: 'absolute' | 'percent' }

/** Which words pass and which are merely tolerated; every other word needs action. */
export type ChoiceTolerance = {
  readonly kind: 'multchoice'
  readonly passChoices: readonly string[]
  readonly tolChoices: readonly string[]
}

/** What a yes/no that differs from its reference means. There are two of them, kept by the system. */
export type BooleanTolerance = { readonly kind: 'boolean'; readonly warningOnly: boolean }

export type Tolerance = NumericTolerance | ChoiceTolerance | BooleanTolerance
export type ToleranceKind = Tolerance['kind']

/** The two boolean tolerances that always exist; nobody creates others. */
export const BOOLEAN_TOLERANCES: readonly BooleanTolerance[] = [
  { kind: 'boolean', warningOnly: false },
  { kind: 'boolean', warningOnly: true },
]

/** Splits a comma list as it is stored: trimmed, without empty words. */
export function splitChoices(text: string): readonly string[] {
  return text
    .split(',')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '')
}

/** The stored form of choices; the inverse of {@link splitChoices}. */
export function joinChoices(choices: readonly string[]): string {
  return choices.join(',')
}

/**
 * The name of a tolerance follows from its content and is unique: `Absolute(-2.000, -1.000, 1.000, 2.000)`,
 * `Percent(-3.00%, --, --, 3.00%)`, `M.C.(OK=a:b, Tolerance=c)`, `Boolean(Action on fail)`.
 */
export function toleranceName(tolerance: Tolerance, labels: PassFailLabels = PASS_FAIL_LABELS): string {
  switch (tolerance.kind) {
    case 'absolute':
      return `Absolute(${limitTexts(tolerance, (limit) => formatFixed(limit, 3))})`
    case 'percent':
      return `Percent(${limitTexts(tolerance, (limit) => `${formatFixed(limit, 2)}%`)})`
    case 'multchoice': {
      const pass = tolerance.passChoices.join(':')
      const tolerated = tolerance.tolChoices.join(':')
      return `M.C.(${labels.ok}=${pass}, ${labels.tolerance}=${tolerated})`
    }
    case 'boolean':
      return `Boolean(${tolerance.warningOnly ? labels.tolerance : labels.action} on fail)`
  }
}

/** What somebody entered for a tolerance, all kinds in one form. */
export type ToleranceInput = ToleranceLimits & {
  readonly kind: ToleranceKind
  readonly passChoices: string
  readonly tolChoices: string
}

/** Checks an entered tolerance. Field names of problems are those of {@link ToleranceInput}. */
export function checkTolerance(
  input: ToleranceInput,
): { readonly tolerance: Tolerance } | { readonly problems: readonly FieldProblem[] } {
  const passChoices = splitChoices(input.passChoices)
  const tolChoices = splitChoices(input.tolChoices)
  const { actLow, tolLow, tolHigh, actHigh, kind } = input
  switch (kind) {
    case 'boolean':
      return { problems: [{ field: 'kind', problem: 'Boolean tolerances are kept by the system' }] }
    case 'multchoice': {
      const problems = choiceProblems(input, passChoices)
      return problems.length > 0 ? { problems } : { tolerance: { kind, passChoices, tolChoices } }
    }
    default: {
      const problems = [...limitProblems(input), ...strayChoiceProblems(input)]
      return problems.length > 0 ? { problems } : { tolerance: { kind, actLow, tolLow, tolHigh, actHigh } }
    }
  }
}

const LIMIT_FIELDS = ['actLow', 'tolLow', 'tolHigh', 'actHigh'] as const

function limitTexts(limits: ToleranceLimits, text: (limit: number) => string): string {
  return LIMIT_FIELDS.map((field) => {
    const limit = limits[field]
    return limit === null ? '--' : text(limit)
  }).join(', ')
}

function limitProblems(limits: ToleranceLimits): FieldProblem[] {
  const set = LIMIT_FIELDS.flatMap((field) => {
    const limit = limits[field]
    return limit === null ? [] : [{ field, limit }]
  })
  const endless = set.filter(({ limit }) => !Number.isFinite(limit))
  if (endless.length > 0)
    return endless.map(({ field }) => ({ field, problem: 'A valid number is required.' }))
  if (set.length === 0) {
    const problem = 'Set at least one tolerance or action level'
    return [{ field: 'actLow', problem }]
  }
  return set.flatMap(({ field, limit }, index) => {
    const previous = set[index - 1]
    return previous && limit < previous.limit
      ? [
          {
            field,
            problem: 'Levels must rise from Action Low over Tolerance Low and Tolerance High to Action High',
          },
        ]
      : []
  })
}

function strayChoiceProblems({ passChoices, tolChoices }: ToleranceInput): FieldProblem[] {
  if (passChoices === '' && tolChoices === '') return []
  const problem = 'Choices belong to multiple choice tolerances only'
  return [{ field: 'passChoices', problem }]
}

function choiceProblems(limits: ToleranceLimits, passChoices: readonly string[]): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (LIMIT_FIELDS.some((field) => limits[field] !== null)) {
    const problem = 'Levels belong to absolute and percent tolerances only'
    problems.push({ field: 'passChoices', problem })
  }
  if (passChoices.length === 0) {
    const problem = 'Give at least one choice that passes'
    problems.push({ field: 'passChoices', problem })
  }
  return problems
}
