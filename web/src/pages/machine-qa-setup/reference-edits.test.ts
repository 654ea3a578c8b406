import { describe, expect, it } from 'vitest'
import { problemsByTest, settingsOf } from './reference-edits.ts'
import { byList, type ComparedTest } from './unit-references.ts'

const test = (infoId: number, parts: Partial<ComparedTest> = {}): ComparedTest => ({
  ...{ infoId, testId: infoId + 100, name: `Test ${infoId}`, macro: `t${infoId}`, type: 'simple' },
  ...{ reference: null, tolerance: null },
  ...parts,
})

describe('settingsOf', () => {
  it.each([
    ['a new value', test(1), { value: '20,35', toleranceId: null }, [{ value: 20.35, toleranceId: null }]],
    [
      'a value taken away',
      test(1, { reference: 2 }),
      { value: ' ', toleranceId: null },
      [{ value: null, toleranceId: null }],
    ],
    ['the same number written otherwise', test(1, { reference: 2 }), { value: '2.0', toleranceId: null }, []],
    [
      'a tolerance of a test without reference',
      test(1, { type: 'multchoice' }),
      { value: '', toleranceId: 4 },
      [{ toleranceId: 4 }],
    ],
  ])('sends %s', (_name, row, edit, expected) => {
    const { settings } = settingsOf([row, test(2)], new Map([[1, edit]]))
    expect(settings).toEqual(expected.map((setting) => ({ unitTestInfoId: 1, ...setting })))
  })

  it('names what is no number', () => {
    const { problems } = settingsOf([test(1)], new Map([[1, { value: '2x', toleranceId: null }]]))
    expect([...problems]).toEqual([[1, { value: 'This is not a number.' }]])
  })
})

describe('problemsByTest', () => {
  it('finds the test that a refusal speaks of', () => {
    const settings = [{ unitTestInfoId: 7 }, { unitTestInfoId: 9 }]
    const found = problemsByTest(
      [
        { field: '1.value', problem: 'A' },
        { field: '1.toleranceId', problem: 'B' },
        { field: 'comment', problem: 'C' },
        { field: '5.value', problem: 'D' },
      ],
      settings,
    )
    expect([...found.byTest]).toEqual([[9, { value: 'A', toleranceId: 'B' }]])
    expect(found.others.map(({ problem }) => problem)).toEqual(['C', 'D'])
  })
})

describe('byList', () => {
  it('puts every test under the first list that has it, others last', () => {
    const lists = [
      { name: 'Daily', testIds: [102, 101] },
      { name: 'Monthly', testIds: [101, 999] },
    ]
    const found = byList([test(1), test(2), test(3)], lists)
    expect(found.map(({ name, tests }) => [name, tests.map(({ infoId }) => infoId)])).toEqual([
      ['Daily', [2, 1]],
      [null, [3]],
    ])
  })
})
