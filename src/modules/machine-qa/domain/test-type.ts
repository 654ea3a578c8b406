/** Which column of a result holds the value of a test. */
export type ValueColumn = 'value' | 'stringValue' | 'dateValue' | 'datetimeValue' | 'attachment'

/** How the value of a test comes about: entered by a person, fixed by the configuration, or by a calculation. */
export type ValueOrigin = 'entered' | 'fixed' | 'calculated'

type TestTypeFacts = {
  readonly label: string
  readonly column: ValueColumn
  readonly family: 'numeric' | 'text' | 'other'
  readonly origin: ValueOrigin
  /** Whether a skip box is offered while performing; without one an empty value counts as skipped. */
  readonly offersSkip: boolean
  /** Whether a submission over an API has to carry an entry for the test. */
  readonly mustBeSubmitted: boolean
}

/** The eleven types of test; the keys are the codes on the wire and in the database. */
export const TEST_TYPES = {
  boolean: {
    label: 'Boolean',
    column: 'value',
    family: 'other',
    origin: 'entered',
    offersSkip: true,
    mustBeSubmitted: true,
  },
  simple: {
    label: 'Simple Numerical',
    column: 'value',
    family: 'numeric',
    origin: 'entered',
    offersSkip: true,
    mustBeSubmitted: true,
  },
  wraparound: {
    label: 'Wraparound',
    column: 'value',
    family: 'numeric',
    origin: 'entered',
    offersSkip: true,
    mustBeSubmitted: true,
  },
  multchoice: {
    label: 'Multiple Choice',
    column: 'stringValue',
    family: 'text',
    origin: 'entered',
    offersSkip: true,
    mustBeSubmitted: true,
  },
  constant: {
    label: 'Constant',
    column: 'value',
    family: 'numeric',
    origin: 'fixed',
    offersSkip: false,
    mustBeSubmitted: false,
  },
  composite: {
    label: 'Composite',
    column: 'value',
    family: 'numeric',
    origin: 'calculated',
    offersSkip: false,
    mustBeSubmitted: false,
  },
  date: {
    label: 'Date',
    column: 'dateValue',
    family: 'other',
    origin: 'entered',
    offersSkip: true,
    mustBeSubmitted: true,
  },
  datetime: {
    label: 'Date & Time',
    column: 'datetimeValue',
    family: 'other',
    origin: 'entered',
    offersSkip: true,
    mustBeSubmitted: true,
  },
  string: {
    label: 'String',
    column: 'stringValue',
    family: 'text',
    origin: 'entered',
    offersSkip: true,
    mustBeSubmitted: true,
  },
  scomposite: {
    label: 'String Composite/JSON',
    column: 'stringValue',
    family: 'text',
    origin: 'calculated',
    offersSkip: false,
    mustBeSubmitted: false,
  },
  upload: {
    label: 'File Upload',
    column: 'attachment',
    family: 'other',
    origin: 'calculated',
    offersSkip: true,
    mustBeSubmitted: true,
  },
} as const satisfies Record<string, TestTypeFacts>

export type TestType = keyof typeof TEST_TYPES

export function isTestType(text: string): text is TestType {
  return Object.hasOwn(TEST_TYPES, text)
}

/** Simple, wraparound, constant and composite. A boolean is stored as a number but is none. */
export function isNumericTest(type: TestType): boolean {
  return TEST_TYPES[type].family === 'numeric'
}

/** String, multiple choice and string composite. */
export function isTextTest(type: TestType): boolean {
  return TEST_TYPES[type].family === 'text'
}

/** Composite and string composite: the server calculates them from the other tests. */
export function isCompositeTest(type: TestType): boolean {
  return type === 'composite' || type === 'scomposite'
}

/**
 * Changes of type that are allowed once a test has results: those that leave the stored results readable and that no
 * recalculation would overwrite. Everything not listed is refused.
 */
const TYPE_CHANGES: Readonly<Partial<Record<TestType, readonly TestType[]>>> = {
  composite: ['simple', 'constant', 'wraparound', 'scomposite'],
  simple: ['wraparound', 'constant'],
  wraparound: ['simple', 'constant'],
  constant: ['simple', 'wraparound'],
  scomposite: ['string'],
  multchoice: ['string'],
}

/** Whether a test that has results may change its type; staying the same is no change and allowed. */
export function mayChangeType(from: TestType, to: TestType): boolean {
  return from === to || (TYPE_CHANGES[from]?.includes(to) ?? false)
}
