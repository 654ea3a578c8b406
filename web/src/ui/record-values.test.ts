import { describe, expect, it } from 'vitest'
import type { FieldKind, FieldMeta, RecordMeta } from '../api/record-meta.ts'
import { changedFields, initialValues, problemOf, toFormValue, toWireValue } from './record-values.ts'

const ZONE = 'America/Toronto'

function makeField(kind: FieldKind, more: Partial<FieldMeta> = {}): FieldMeta {
  return { name: 'x', label: 'X', kind, required: false, ...more }
}

function makeMeta(fields: readonly FieldMeta[]): RecordMeta {
  return {
    name: 'm.thing',
    path: '/api/v1/m/things',
    label: { one: 'Thing', many: 'Things' },
    titleField: 'x',
    order: ['x'],
    listFields: ['x'],
    fields,
    can: { view: true, add: true, change: true, retire: true },
    retirable: true,
  }
}

describe('values of a form', () => {
  it.each<[FieldKind, unknown, unknown]>([
    ['text', 'abc', 'abc'],
    ['text', null, null],
    ['integer', 5, 5],
    ['number', 20.9, 20.9],
    ['boolean', true, true],
    ['boolean', null, false],
    ['day', '2026-02-28', '2026-02-28'],
    ['instant', '2026-01-15T13:00:00.000Z', '2026-01-15T13:00:00.000Z'],
    ['duration', 5400, 5400],
    ['json', { a: [1] }, { a: [1] }],
    ['reference', { id: 3, label: 'three' }, 3],
    ['reference', null, null],
    [
      'references',
      [
        { id: 2, label: 'two' },
        { id: 1, label: 'one' },
      ],
      [2, 1],
    ],
  ])('of kind %s go from %j to the form and back as %j', (kind, stored, sent) => {
    const field = makeField(kind)
    expect(toWireValue(field, toFormValue(field, stored, ZONE), ZONE)).toEqual(sent)
  })

  it('accept a decimal comma', () => {
    expect(toWireValue(makeField('number'), '20,90', ZONE)).toBe(20.9)
  })

  it.each<[FieldKind, boolean, unknown]>([
    ['text', true, null],
    ['text', false, ''],
    ['number', false, null],
  ])('left empty, of kind %s and nullable %s, are sent as %j', (kind, nullable, sent) => {
    expect(toWireValue(makeField(kind, { nullable }), ' ', ZONE)).toBe(sent)
  })

  it('start with the declared defaults and leave out what nobody types', () => {
    const meta = makeMeta([
      makeField('boolean', { name: 'active', default: true }),
      makeField('minutes', { name: 'daily', default: 480 }),
      makeField('instant', { name: 'modifiedAt', readOnly: true }),
      makeField('integer', { name: 'id' }),
    ])
    expect(initialValues(meta, undefined, ZONE)).toEqual({ active: true, daily: '480' })
  })

  it('count as changed only when they mean something else', () => {
    const meta = makeMeta([makeField('reference', { name: 'site' }), makeField('text', { name: 'name' })])
    const before = { site: { id: 1, label: 'Old title' }, name: 'a' }
    expect(changedFields(meta, before, { site: { id: 1, label: 'New title' }, name: 'a' })).toEqual([])
    expect(changedFields(meta, before, { site: null, name: 'b' }).map(({ name }) => name)).toEqual([
      'site',
      'name',
    ])
  })
})

describe('problems of a value', () => {
  it.each<[FieldMeta, string, string | undefined]>([
    [makeField('text', { required: true }), ' ', 'X is required.'],
    [makeField('text'), '', undefined],
    [makeField('text', { maxLength: 3 }), 'abcd', 'At most 3 characters; these are 4.'],
    [makeField('integer'), '1.5', 'Only whole numbers.'],
    [makeField('integer', { min: 1 }), '0', 'At least 1.'],
    [makeField('number', { max: 1.5, unit: 'Gy' }), '2', 'At most 1.5 Gy.'],
    [makeField('number'), '1,5', undefined],
    [makeField('number'), 'x', 'This is not a number.'],
    [makeField('instant'), '2026-03-08T02:30', 'The clocks skip this time on that day.'],
    [makeField('duration'), 'soon', 'Write it as 1:30 or 90 min.'],
    [makeField('json'), '{', 'This is not JSON.'],
    [makeField('json'), '{}', undefined],
  ])('%j with %j: %j', (field, value, problem) => {
    expect(problemOf(field, value, ZONE)).toBe(problem)
  })
})
