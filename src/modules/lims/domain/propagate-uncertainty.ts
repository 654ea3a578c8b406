/** A quantity that a result is calculated from, with its standard uncertainty in the same unit. */
export type MeasuredInput = { readonly name: string; readonly value: number; readonly uncertainty: number }

/** How one input adds to the uncertainty of a result. */
export type UncertaintyShare = {
  readonly name: string
  /** partial derivative of the result by this input */
  readonly sensitivity: number
  /** |sensitivity| · uncertainty, in the unit of the result */
  readonly contribution: number
}

export type PropagatedUncertainty = {
  /** combined standard uncertainty, in the unit of the result */
  readonly standard: number
  readonly shares: readonly UncertaintyShare[]
}

/** Points at which a formula has to be known for central differences, in the order in which their results are wanted. */
export type DifferencePlan = readonly {
  readonly name: string
  readonly step: number
  readonly above: Readonly<Record<string, number>>
  readonly below: Readonly<Record<string, number>>
}[]

/**
 * The steps of central differences: a small part of each standard uncertainty to either side. An input without
 * uncertainty adds nothing and is left out.
 *
 * GUM (JCGM 100:2008) 5.1.3 allows to replace derivatives by differences over the uncertainties of the inputs.
 */
export function planDifferences(inputs: readonly MeasuredInput[]): DifferencePlan {
  const values = Object.fromEntries(inputs.map(({ name, value }) => [name, value]))
  return inputs
    .filter(({ uncertainty }) => uncertainty > 0)
    .map(({ name, value, uncertainty }) => {
      const step = Math.max(uncertainty * STEP_SHARE, Math.abs(value) * SMALLEST_RELATIVE_STEP)
      return {
        ...{ name, step },
        above: { ...values, [name]: value + step },
        below: { ...values, [name]: value - step },
      }
    })
}

/** Small enough for formulas that bend, large enough for what doubles can tell apart. */
const STEP_SHARE = 1e-2
const SMALLEST_RELATIVE_STEP = 1e-7

/**
 * The combined standard uncertainty of a result whose inputs are independent: the root of the sum of squares of
 * sensitivity times uncertainty (GUM 5.1.2, equation 10).
 *
 * @param results of the formula at the points of the plan, in its order
 * @returns undefined where the formula has no number at one of the points
 */
export function combineDifferences(
  inputs: readonly MeasuredInput[],
  plan: DifferencePlan,
  results: readonly { readonly above: number | undefined; readonly below: number | undefined }[],
): PropagatedUncertainty | undefined {
  const uncertainties = new Map(inputs.map(({ name, uncertainty }) => [name, uncertainty]))
  const shares: UncertaintyShare[] = []
  for (const [index, { name, step }] of plan.entries()) {
    const { above, below } = results[index] ?? {}
    if (!isNumber(above) || !isNumber(below)) return undefined
    const sensitivity = (above - below) / (2 * step)
    shares.push({ name, sensitivity, contribution: Math.abs(sensitivity) * (uncertainties.get(name) ?? 0) })
  }
  return { standard: Math.hypot(...shares.map(({ contribution }) => contribution)), shares }
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value)
}

/** The combined standard uncertainty of a function of independent inputs. */
export function propagateUncertainty(
  formula: (values: Readonly<Record<string, number>>) => number,
  inputs: readonly MeasuredInput[],
): PropagatedUncertainty | undefined {
  const plan = planDifferences(inputs)
  const results = plan.map(({ above, below }) => ({ above: formula(above), below: formula(below) }))
  return combineDifferences(inputs, plan, results)
}
