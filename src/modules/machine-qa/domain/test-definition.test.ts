import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { macroNameProblem, repeatedMacroNames } from './macro-name.ts'
import {
  normalisedChoices,
  setsResult,
  type TestDefinition,
  testProblems,
  testTitle,
  typeChangeProblem,
} from './test-definition.ts'
import {
  isCompositeTest,
  isNumericTest,
  isTestType,
  isTextTest,
  mayChangeType,
  TEST_TYPES,
  type TestType,
} from './test-type.ts'

function makeTest(changes: Partial<TestDefinition> = {}): TestDefinition {
  return {
    name: 'Output',
    displayName: '',
    macro: 'output',
    type: 'simple',
    choices: null,
    constantValue: null,
    wrapLow: null,
    wrapHigh: null,
    calculationProcedure: null,
    formatting: '',
    ...changes,
  }
}

const TYPES = Object.keys(TEST_TYPES).filter(isTestType)

describe('types of test', () => {
  it('are eleven, with their families', () => {
    expect(TYPES).toEqual([
      'boolean',
      'simple',
      'wraparound',
      'multchoice',
      'constant',
      'composite',
      'date',
      'datetime',
      'string',
      'scomposite',
      'upload',
    ])
    expect(TYPES.filter(isNumericTest)).toEqual(['simple', 'wraparound', 'constant', 'composite'])
    expect(TYPES.filter(isTextTest)).toEqual(['multchoice', 'string', 'scomposite'])
    expect(TYPES.filter(isCompositeTest)).toEqual(['composite', 'scomposite'])
    expect(TYPES.filter((type) => !TEST_TYPES[type].offersSkip)).toEqual([
      'constant',
      'composite',
      'scomposite',
    ])
    expect(isTestType('toString')).toBe(false)
  })

  it('change only where stored results stay readable', () => {
    const changes = TYPES.flatMap((from) =>
      TYPES.filter((to) => from !== to && mayChangeType(from, to)).map((to) => `${from} to ${to}`),
    )
    expect(changes).toEqual([
      'simple to wraparound',
      'simple to constant',
      'wraparound to simple',
      'wraparound to constant',
      'multchoice to string',
      'constant to simple',
      'constant to wraparound',
      'composite to simple',
      'composite to wraparound',
      'composite to constant',
      'composite to scomposite',
      'scomposite to string',
    ])
  })
})

describe('testProblems', () => {
  it.each([
    ['a plain number', {}],
    ['a format', { formatting: '%.2f' }],
    ['a new-style format', { formatting: '{:.3f}' }],
    ['choices', { type: 'multchoice', choices: 'a, b' }],
    ['a constant', { type: 'constant', constantValue: 0 }],
    ['a circle', { type: 'wraparound', wrapLow: 0, wrapHigh: 360 }],
    ['a calculation by name', { type: 'composite', calculationProcedure: 'x = 1\noutput = x * 2' }],
    ['a calculation by result', { type: 'scomposite', calculationProcedure: 'if True:\r\n    result = 1' }],
    ['an upload without procedure', { type: 'upload', calculationProcedure: '' }],
    ['an initial value', { calculationProcedure: 'output = 3' }],
  ] as const)('accepts %s', (_, changes) => {
    expect(testProblems(makeTest(changes))).toEqual([])
  })

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['a bad macro name', { macro: '1st' }, 'macro'],
    ['choices of a number', { choices: 'a' }, 'choices'],
    ['no choice', { type: 'multchoice', choices: ' , ' }, 'choices'],
    ['too many choices', { type: 'multchoice', choices: 'a'.repeat(2049) }, 'choices'],
    ['a constant of a number', { constantValue: 1 }, 'constantValue'],
    ['no constant', { type: 'constant' }, 'constantValue'],
    ['an upper limit missing', { type: 'wraparound', wrapLow: 0 }, 'wrapHigh'],
    ['limits turned round', { type: 'wraparound', wrapLow: 5, wrapHigh: 5 }, 'wrapHigh'],
    ['a limit of a number', { wrapLow: 1 }, 'wrapLow'],
    ['no calculation', { type: 'composite' }, 'calculationProcedure'],
    [
      'a calculation without result',
      { type: 'composite', calculationProcedure: 'x = 1' },
      'calculationProcedure',
    ],
    ['a comparison instead of a result', { calculationProcedure: 'y = result == 1' }, 'calculationProcedure'],
    ['a long format', { formatting: '%000000.2f' + 'x' }, 'formatting'],
    ['no format', { formatting: 'two' }, 'formatting'],
  ] as const)('refuses %s', (_, changes, field) => {
    expect(testProblems(makeTest(changes)).map((problem) => problem.field)).toEqual([field])
  })

  it('names the macro in the text about results', () => {
    const [problem] = testProblems(makeTest({ macro: 'm', type: 'composite', calculationProcedure: 'pass' }))
    expect(problem?.problem).toBe(
      'Snippet must set macro name to a value or contain a result line (e.g. m = my_var/another_var*2 or result = my_var/another_var*2)',
    )
  })

  it('looks for the result in linear time', () => {
    expect(setsResult(`${' '.repeat(200_000)}x`, 'm')).toBe(false)
    expect(setsResult('result == 1', 'm')).toBe(false)
  })
})

describe('typeChangeProblem', () => {
  it.each([
    ['simple', 'simple', true, [], false],
    ['simple', 'string', false, [], false],
    ['simple', 'string', true, [], true],
    ['composite', 'simple', true, [], false],
    ['simple', 'boolean', false, [2], true],
    ['simple', 'boolean', false, [0, 1], false],
  ] as const)(
    'from %s to %s with results (%j) and references %j is refused: %j',
    (from, to, hasResults, values, refused) => {
      const references = values.map((value) => ({ kind: 'numerical', value }) as const)
      expect(
        typeChangeProblem(
          { from, to, hasResults } as { from: TestType; to: TestType; hasResults: boolean },
          references,
        ) !== undefined,
      ).toBe(refused)
    },
  )
})

describe('macro names', () => {
  it.each(['a', '_', 'A_1', 'match', 'x'.repeat(128)])('%s is one', (name) => {
    expect(macroNameProblem(name)).toBeUndefined()
  })

  it.each(['', '1a', 'a-b', 'a b', 'é', 'class', 'None', 'lambda', 'x'.repeat(129), 'a\n'])(
    '%j is none',
    (name) => {
      expect(macroNameProblem(name)).toEqual(expect.any(String))
    },
  )

  it('are found where they repeat', () => {
    expect(repeatedMacroNames(['a', 'b', 'a', 'c', 'b', 'a'])).toEqual(['a', 'b'])
    fc.assert(fc.property(fc.uniqueArray(fc.string()), (names) => repeatedMacroNames(names).length === 0))
  })
})

it('shows the display name, or the name', () => {
  expect([testTitle(makeTest()), testTitle(makeTest({ displayName: 'Shown' }))]).toEqual(['Output', 'Shown'])
})

it('keeps choices trimmed, of multiple choice only', () => {
  expect(normalisedChoices({ type: 'multchoice', choices: ' a,,b , c' })).toBe('a,b,c')
  expect(normalisedChoices({ type: 'simple', choices: 'a' })).toBeNull()
})
