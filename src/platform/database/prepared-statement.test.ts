import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { preparedStatement } from './prepared-statement.ts'
import { integer, key, type Migration, text } from './schema-builder.ts'
import { forEachDatabase } from './testing.ts'

const samples: Migration = {
  id: 'prepared-0001',
  async up(schema) {
    await schema.createTable('sample', { id: key(), number: integer().notNull(), label: text() })
  },
}

const INSERTED = preparedStatement<{ readonly id: number }, [label: string | null, number: number]>(
  (label, number) => sql`insert into sample (number, label) values (${number}, ${label}) returning id`,
)
const BETWEEN = preparedStatement<{ readonly label: string | null }, [low: number, high: number]>(
  (low, high) =>
    sql`select label from sample where number between ${low} and ${high} and 7 = ${7} order by ${sql.ref('id')}`,
)

forEachDatabase('a prepared statement', [samples], (open) => {
  it('takes its values with each run, in any order and beside constants', async () => {
    const { db } = await open('fresh')
    expect(await INSERTED(db, 'one', 1)).toStrictEqual([{ id: 1 }])
    expect(await INSERTED(db, null, 2)).toStrictEqual([{ id: 2 }])
    expect(await BETWEEN(db, 1, 2)).toStrictEqual([{ label: 'one' }, { label: null }])
    expect(await BETWEEN(db, 2, 3)).toStrictEqual([{ label: null }])
  })

  it('belongs to the transaction that it is given', async () => {
    const { db, transaction } = await open('fresh')
    await expect(
      transaction(async (tx) => {
        await INSERTED(tx, 'undone', 1)
        expect(await BETWEEN(tx, 1, 1)).toHaveLength(1)
        throw new Error('undo')
      }),
    ).rejects.toThrow('undo')
    expect(await BETWEEN(db, 1, 1)).toStrictEqual([])
  })
})
