import { expect, it } from 'vitest'
import { type AttributeRow, hasInner, visibleRows } from './attribute-rows.ts'

function row(tag: string, name: string, value: string, depth = 0, vr = 'LO'): AttributeRow {
  return { tag, keyword: name.replaceAll(' ', ''), name, vr, value, depth, item: depth > 0 ? 1 : null }
}

const ROWS: readonly AttributeRow[] = [
  row('(0008,0060)', 'Modality', 'CT'),
  row('(0008,1140)', 'Referenced Image Sequence', '1 item', 0, 'SQ'),
  row('(0008,1155)', 'Referenced SOP Instance UID', '2.25.7', 1, 'UI'),
  row('(0040,A170)', 'Purpose Sequence', '1 item', 1, 'SQ'),
  row('(0008,0104)', 'Code Meaning', 'Localizer', 2),
  row('(0009,0010)', 'Private creator', 'ACME'),
]
const FILTER = { text: '', kind: 'all', open: new Set<number>() } as const

function shown(filter: Partial<Parameters<typeof visibleRows>[1]>): readonly number[] {
  return visibleRows(ROWS, { ...FILTER, ...filter }).map(({ place }) => place)
}

it('keeps sequences closed until they are opened', () => {
  expect(shown({})).toEqual([0, 1, 5])
  expect(shown({ open: new Set([1]) })).toEqual([0, 1, 2, 3, 5])
  expect(shown({ open: new Set([1, 3]) })).toEqual([0, 1, 2, 3, 4, 5])
  expect(shown({ open: new Set([3]) })).toEqual([0, 1, 5])
})

it('finds rows below the sequences that hold them', () => {
  expect(shown({ text: 'localizer' })).toEqual([1, 3, 4])
  expect(shown({ text: '00081155' })).toEqual([1, 2])
  expect(shown({ text: 'modality ct' })).toEqual([0])
  expect(shown({ text: 'modality mr' })).toEqual([])
})

it('tells private elements from standard ones', () => {
  expect(shown({ kind: 'private' })).toEqual([5])
  expect(shown({ kind: 'standard' })).toEqual([0, 1])
})

it('knows which rows hold others', () => {
  expect([0, 1, 3, 5].map((place) => hasInner(ROWS, place))).toEqual([false, true, true, false])
})
