import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { bindValue } from './bind.ts'
import { forEachDatabase } from './testing.ts'

it.each([
  ['text', 'text'],
  ['', ''],
  [1.5, 1.5],
  [7n, 7n],
  [true, 1],
  [false, 0],
  [null, null],
  [new Date('2026-11-21T20:37:26Z'), '2026-11-21T20:37:26.000Z'],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
])('sends %o as %o', (value, bound) => {
  expect(bindValue(value)).toStrictEqual(bound)
})

it.each([['a\0b'], ['\0'], ['lone \ud800 surrogate'], ['\udc00']])('refuses the text %j', (text) => {
  expect(() => bindValue(text)).toThrow(RefusedError)
})

it.each([
  [undefined],
  [Number.NaN],
  [Number.POSITIVE_INFINITY],
  [2n ** 63n],
  [{ a: 1 }],
  [[1, 2]],
  [new Map()],
  [Symbol('s')],
  [() => 1],
  [new Date(Number.NaN)],
  [new Date('-000001-01-01T00:00:00Z')],
  [new Date('+010000-01-01T00:00:00Z')],
])('does not send %o', (value) => {
  expect(() => bindValue(value)).toThrow()
  expect(() => bindValue(value)).not.toThrow(RefusedError)
})

forEachDatabase('bound values', [], (open) => {
  it('are checked before any statement reaches the database', async () => {
    const { db } = await open()
    await expect(sql`this is not sql ${undefined}`.execute(db)).rejects.toThrow(TypeError)
    await expect(sql`this is not sql ${'\0'}`.execute(db)).rejects.toThrow(RefusedError)
  })

  it('keep every text that both databases can store', async () => {
    const { db } = await open()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
        fc.pre(!value.includes('\0'))
        const { rows } = await sql<{ value: string }>`select cast(${value} as text) as value`.execute(db)
        expect(rows).toStrictEqual([{ value }])
      }),
      { numRuns: 100 },
    )
  })

  it('keep every number', async () => {
    const { db } = await open()
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (value) => {
        const { rows } = await sql<{
          value: number
        }>`select cast(${value} as double precision) as value`.execute(db)
        expect(rows[0]?.value).toBe(value === 0 ? 0 : value)
      }),
      { numRuns: 100 },
    )
  })

  it('divide whole numbers as integers', async () => {
    const { db } = await open()
    const { rows } = await sql`select 7 / cast(${2} as bigint) as quotient`.execute(db)
    expect(rows).toStrictEqual([{ quotient: 3 }])
  })
})
