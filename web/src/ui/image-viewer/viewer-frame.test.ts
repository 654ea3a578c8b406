import { expect, it } from 'vitest'
import {
  type FrameFacts,
  firstWindow,
  rangeOf,
  shownValues,
  windowOfRange,
  windowPresets,
} from './viewer-frame.ts'

const FACTS: FrameFacts = {
  rows: 1,
  columns: 4,
  slope: 1,
  intercept: 0,
  unit: null,
  bitsStored: 12,
  isColor: false,
  inverted: false,
  windows: [],
  paddingValue: null,
  spacingMm: null,
  frameTimeMs: null,
}

it('rescales stored values, and leaves them alone where there is nothing to rescale', () => {
  const stored = new Uint16Array([0, 1024, 4095])
  expect(shownValues(stored, FACTS)).toBe(stored)
  expect(shownValues(stored, { ...FACTS, slope: 2, intercept: -1024 })).toEqual(
    new Float32Array([-1024, 1024, 7166]),
  )
  expect(shownValues(new Int32Array([-70000]), FACTS)).toEqual(new Float32Array([-70000]))
})

it('finds the range without padding and without values that are none', () => {
  expect(rangeOf(new Int16Array([-2000, 5, 9, -3]), -2000)).toEqual({ min: -3, max: 9 })
  expect(rangeOf(new Float32Array([Number.NaN, 2]), null)).toEqual({ min: 2, max: 2 })
  expect(rangeOf(new Int16Array([7]), 7)).toEqual({ min: 0, max: 1 })
})

it('shows the window of the file first, else all of 8 bits, else what occurs', () => {
  const own = { label: 'File', center: 40, width: 400 }
  expect(firstWindow({ ...FACTS, windows: [own] }, { min: 0, max: 9 })).toEqual({ center: 40, width: 400 })
  expect(firstWindow({ ...FACTS, bitsStored: 8 }, { min: 3, max: 9 })).toEqual({ center: 128, width: 256 })
  expect(firstWindow(FACTS, { min: 100, max: 299 })).toEqual({ center: 200, width: 200 })
  expect(windowOfRange({ min: 5, max: 5 })).toEqual({ center: 5.5, width: 1 })
})

it('offers the windows of CT for Hounsfield units only, and none for colour', () => {
  const range = { min: 0, max: 99 }
  expect(windowPresets(FACTS, range).map(({ label }) => label)).toEqual(['Whole range'])
  expect(windowPresets({ ...FACTS, unit: 'HU' }, range).map(({ label }) => label)).toEqual([
    ...['Soft tissue', 'Lung', 'Bone', 'Brain', 'Liver', 'Whole range'],
  ])
  expect(windowPresets({ ...FACTS, isColor: true }, range)).toEqual([])
})
