import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { sampleRecord } from '../../modules/records/testing.ts'
import { validateRecord } from './validate-record.ts'

function problemsOf(input: Readonly<Record<string, unknown>>, mode: 'new' | 'change' = 'change'): string[] {
  try {
    validateRecord(sampleRecord, input, mode)
    return []
  } catch (error) {
    if (error instanceof RefusedError && error.refusal.kind === 'invalid-input')
      return error.refusal.problems.map(({ field }) => field)
    throw error
  }
}

const DEEP = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)

const GOOD: readonly [string, unknown, unknown?][] = [
  ['name', 'x'.repeat(20)],
  ['name', '😀'.repeat(20)],
  ['mark', 'ABC'],
  ['mark', '', null],
  ['mark', null],
  ['notes', 'a\nb\tc'],
  ['program', ''],
  ['count', -5],
  ['count', 1000],
  ['value', 1e300],
  ['value', -0],
  ['price', 0.125, 0.13],
  ['price', 999_999_999_999.99],
  ['good', false],
  ['good', null],
  ['seenOn', '2024-02-29'],
  ['seenAt', '2026-11-21T07:42:00Z', new Date('2026-11-21T07:42:00Z')],
  ['seenAt', '2026-11-21T07:42+05:30', new Date('2026-11-21T02:12:00Z')],
  ['seenAt', new Date(0)],
  ['lasts', 0],
  ['grade', 'a'],
  ['shape', [{ a: null }]],
  ['shape', 0],
  ['shape', null],
  ['room', 1],
  ['room', 2 ** 31 - 1],
  ['steps', [2, 1, 2]],
  ['tags', [2, 1, 2], [2, 1]],
  ['tags', []],
]

const BAD: readonly [string, unknown][] = [
  ['name', null],
  ['name', ''],
  ['name', '   '],
  ['name', 'x'.repeat(21)],
  ['name', 'a\0b'],
  ['name', 'a\ud800'],
  ['name', 7],
  ['name', ['x']],
  ['name', { toString: () => 'x' }],
  ['mark', 'abc'],
  ['mark', 'ABC\n'],
  ['notes', 'x'.repeat(1_048_577)],
  ['count', '1'],
  ['count', 1.5],
  ['count', -6],
  ['count', 1001],
  ['count', Number.NaN],
  ['count', true],
  ['value', Number.POSITIVE_INFINITY],
  ['value', '1'],
  ['value', []],
  ['price', 1e300],
  ['price', 1e13],
  ['good', 0],
  ['good', 'true'],
  ['seenOn', '2023-02-29'],
  ['seenOn', '2026-1-1'],
  ['seenOn', '2026-11-21T00:00:00Z'],
  ['seenOn', 20261121],
  ['seenAt', '2026-11-21'],
  ['seenAt', '2026-11-21T07:42:00'],
  ['seenAt', '2026-02-30T07:42:00Z'],
  ['seenAt', '2026-11-21T25:00:00Z'],
  ['seenAt', '2026-11-21T07:42 (now) Z'],
  ['seenAt', '0000-01-01T00:00:00Z'],
  ['seenAt', '9999-12-31T23:59:59-14:00'],
  ['seenAt', new Date(Number.NaN)],
  ['seenAt', 0],
  ['lasts', -1],
  ['lasts', 2 ** 31],
  ['grade', 'c'],
  ['grade', 'toString'],
  ['grade', ['a']],
  ['tint', 'x'.repeat(41)],
  ['repeats', 1],
  ['shape', 'x'.repeat(5_000_000)],
  ['shape', DEEP],
  ['shape', { text: 'a\0b' }],
  ['shape', { 'a\0b': 1 }],
  ['shape', ['\udc00']],
  ['room', 0],
  ['room', -1],
  ['room', 1.5],
  ['room', 2 ** 31],
  ['room', '1'],
  ['room', { id: 1 }],
  ['steps', 1],
  ['steps', ['1']],
  ['steps', [null]],
  ['steps', Array.from({ length: 10_001 }, (_, index) => index + 1)],
  ['made', 'me'],
  ['id', 1],
  ['version', 1],
  ['retiredAt', null],
  ['nothing', 1],
  ['constructor', 'x'],
  ['toString', 'x'],
]

describe('validateRecord', () => {
  it.each(GOOD)('takes %s: %j', (name, given, stored = given) => {
    expect(validateRecord(sampleRecord, { [name]: given }, 'change')).toEqual({ [name]: stored })
  })

  it.each(BAD.map(([name, given], index) => [name, index, given] as const))(
    'refuses bad %s (case %i)',
    (name, _index, given) => {
      expect(problemsOf({ [name]: given })).toEqual([name])
    },
  )

  it('refuses the name of the prototype as it comes out of JSON', () => {
    expect(problemsOf(JSON.parse('{"__proto__": {"name": "x"}}'))).toEqual(['__proto__'])
  })

  it('fills defaults of a new record, misses what is required and names every problem at once', () => {
    expect(problemsOf({ count: 'x', nothing: 1 }, 'new').toSorted()).toEqual(['count', 'name', 'nothing'])
    expect(validateRecord(sampleRecord, { name: 'x' }, 'new')).toMatchObject({
      program: '',
      grade: 'b',
      mark: null,
      steps: [],
    })
  })

  it('looks only at what is given in a change', () => {
    expect(validateRecord(sampleRecord, {}, 'change')).toEqual({})
  })
})
