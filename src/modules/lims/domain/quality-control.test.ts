import { describe, expect, it } from 'vitest'
import { controlStatistics, judgeControl, judgeRepeat } from './quality-control.ts'

const BLANK = { uid: 'u', result: '0', min: '0', max: '0', error: '0' }
const CONTROL = { uid: 'u', result: '10', min: '9', max: '11', error: '5' }
const BY_ERROR = { uid: 'u', result: '10', min: '', max: '', error: '10' }

describe('reference material', () => {
  it.each([
    ['0', BLANK, 'accepted'],
    ['0.01', BLANK, 'rejected'],
    ['10', CONTROL, 'accepted'],
    ['9', CONTROL, 'warning'],
    ['9.4', CONTROL, 'warning'],
    ['9.5', CONTROL, 'accepted'],
    ['10.5', CONTROL, 'warning'],
    ['11.01', CONTROL, 'rejected'],
    ['9', BY_ERROR, 'accepted'],
    ['8.99', BY_ERROR, 'rejected'],
    ['11', BY_ERROR, 'accepted'],
    ['', CONTROL, 'unjudged'],
    ['n/a', CONTROL, 'unjudged'],
    ['10', undefined, 'unjudged'],
  ] as const)('that gave %s against %j is %s', (result, expected, verdict) => {
    expect(judgeControl(result, expected).verdict).toBe(verdict)
  })
})

describe('a duplicate', () => {
  it.each([
    ['50', '50', 10, 'accepted', null],
    ['55', '50', 10, 'accepted', null],
    ['56', '50', 10, 'rejected', 'Relative percentage difference, 11.32 %, is out of valid range (10 %)'],
    ['1', '-1', 10, 'accepted', null],
    ['5', '500', null, 'accepted', null],
    ['red', 'red', 10, 'accepted', null],
    ['red', 'blue', 10, 'rejected', 'red is not blue'],
    ['', '50', 10, 'unjudged', null],
  ] as const)('of %s and %s with %s %% allowed is judged', (result, original, allowed, verdict, message) => {
    expect(judgeRepeat(result, original, allowed)).toEqual({ verdict, message })
  })
})

describe('statistics of a control', () => {
  const points = (values: readonly number[]) =>
    values.map((value, index) => ({ analysisId: index + 1, value }))
  const within = ({ value }: { readonly value: number }) => value >= 9 && value <= 11

  it('wait for enough accepted results', () => {
    expect(controlStatistics(points([10, 10.1, 9.9, 20]), within, 5)).toMatchObject({
      count: 4,
      mean: undefined,
    })
  })

  it('leave rejected results out and name the rules that are broken', () => {
    const found = controlStatistics(points([9.9, 10.1, 9.9, 10.1, 10, 13]), within, 5)
    expect(found.mean).toBeCloseTo(10, 9)
    expect(found.deviation).toBeCloseTo(0.1, 9)
    expect(found.violations.map(({ analysisId, rule }) => [analysisId, rule])).toEqual([
      [6, '1-2s'],
      [6, '1-3s'],
    ])
  })
})
