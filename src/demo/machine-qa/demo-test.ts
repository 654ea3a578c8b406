import type { TestType } from '../../modules/machine-qa/domain/test-type.ts'

/** Tolerances of the demonstration, by the name its tests use. */
export const DEMO_TOLERANCES = {
  output: { type: 'percent', actLow: -3, tolLow: -2, tolHigh: 2, actHigh: 3 },
  symmetry: { type: 'percent', actLow: -2, tolLow: -1, tolHigh: 1, actHigh: 2 },
  constancy: { type: 'percent', actLow: -5, tolLow: -4, tolHigh: 4, actHigh: 5 },
  mm: { type: 'absolute', actLow: -2, tolLow: -1, tolHigh: 1, actHigh: 2 },
  half: { type: 'absolute', actLow: -1, tolLow: -0.5, tolHigh: 0.5, actHigh: 1 },
  atMostMm: { type: 'absolute', tolHigh: 0.7, actHigh: 1 },
  hu: { type: 'absolute', actLow: -7, tolLow: -5, tolHigh: 5, actHigh: 7 },
  noise: { type: 'percent', tolHigh: 10, actHigh: 20 },
  percentPoint: { type: 'absolute', actLow: -0.02, tolLow: -0.01, tolHigh: 0.01, actHigh: 0.02 },
  gamma: { type: 'absolute', actLow: -10, tolLow: -5 },
  passOrNote: { type: 'multchoice', mcPassChoices: 'Pass', mcTolChoices: 'Pass with remark' },
} as const

export type DemoTolerance = keyof typeof DEMO_TOLERANCES

/** How a measured value behaves over the years. */
export type Signal = {
  /** standard deviation of a single measurement */
  readonly sd: number
  readonly decimals: number
  /** change in a year, until it is set right again */
  readonly driftPerYear?: number
  /** what the reading is smaller by, such as the air density correction */
  readonly dividedBy?: (values: DemoValues) => number
}

/** Values of a session so far, by macro name. */
export type DemoValues = Readonly<Record<string, number>>

/** A test of the demonstration: what defines it, what it is compared with, and what comes out. */
export type DemoTest = {
  readonly macro: string
  readonly name: string
  readonly type: TestType
  readonly category: string
  readonly description?: string
  readonly formatting?: string
  readonly choices?: string
  readonly constantValue?: number
  readonly wrapLow?: number
  readonly wrapHigh?: number
  readonly procedure?: string
  readonly flagWhen?: boolean
  readonly requireComment?: boolean
  readonly skipWithoutComment?: boolean
  readonly displayImage?: boolean
  /** approved automatically when it is OK */
  readonly autoReviewed?: boolean
  /** what it measures when all is well, and its reference unless `compared` says otherwise */
  readonly nominal?: number
  /** what it is compared with: nothing unless given */
  readonly tolerance?: DemoTolerance | 'yes-or-no'
  readonly signal?: Signal
  /** what Python computes in `procedure`, for sessions that are made up */
  readonly compute?: (values: DemoValues) => number
  /** the same for a text, from numbers and texts */
  readonly compose?: (values: DemoValues, texts: Readonly<Record<string, string>>) => string
  /** words to choose from, the first most of the time */
  readonly words?: readonly string[]
}

type Rest = Partial<Omit<DemoTest, 'macro' | 'name' | 'type' | 'category'>>

/** Makes the tests of one category. */
export function testsOf(category: string) {
  return {
    /** a question whose right answer is yes */
    yes: (macro: string, name: string, rest: Rest = {}): DemoTest => ({
      macro,
      name,
      category,
      type: 'boolean',
      nominal: 1,
      tolerance: 'yes-or-no',
      ...rest,
    }),
    measured: (macro: string, name: string, nominal: number, signal: Signal, rest: Rest = {}): DemoTest => ({
      macro,
      name,
      category,
      type: 'simple',
      nominal,
      signal,
      formatting: `%.${signal.decimals}f`,
      ...rest,
    }),
    calculated: (
      macro: string,
      name: string,
      procedure: string,
      compute: (values: DemoValues) => number,
      rest: Rest = {},
    ): DemoTest => ({ macro, name, category, type: 'composite', procedure, compute, ...rest }),
    other: (macro: string, name: string, type: TestType, rest: Rest = {}): DemoTest => ({
      macro,
      name,
      category,
      type,
      ...rest,
    }),
  }
}

/** A value of a session; a macro without one is a slip in the demonstration. */
export function inSession(values: DemoValues, macro: string): number {
  const value = values[macro]
  if (value === undefined) throw new Error(`the demonstration has no value of ${macro}`)
  return value
}
