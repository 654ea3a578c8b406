import { describe, expect, it } from 'vitest'
import { controlQuery, dataQuery, idsText, readChartState } from './chart-state.ts'

describe('the address of a chart', () => {
  it('says everything that is drawn', () => {
    const state = readChartState({
      ...{ unit: '1,2', test: '5', from: '2024-01-01', relative: 'true', combine: 'false' },
      ...{ control: 'cusum', rules: 'nelson', baseline: '30', hide: '1-5' },
    })
    expect(state).toMatchObject({
      units: [1, 2],
      tests: [5],
      isRelative: true,
      isCombined: false,
      hidden: ['1-5'],
      control: 'cusum',
    })
    expect(dataQuery(state)).toEqual({
      unit: '1,2',
      test: '5',
      list: undefined,
      status: undefined,
      from: '2024-01-01',
      to: '',
      relative: 'true',
      combine: 'false',
      width: 1200,
    })
    expect(controlQuery(state, 2, 5)).toMatchObject({ unit: 2, test: 5, kind: 'cusum', baseline: 30 })
  })

  it('that makes no sense shows the usual chart', () => {
    const state = readChartState({
      unit: 'x,-3',
      from: 'yesterday',
      control: 'magic',
      size: '0',
      baseline: '1',
    })
    expect(state).toMatchObject({ units: [], from: '', control: undefined, size: 1, baseline: 20 })
    expect(idsText(state.units)).toBeUndefined()
  })
})
