import { type Generated, sql } from 'kysely'
import { expect, it } from 'vitest'
import { insertMany } from './insert-many.ts'
import { integer, key, type Migration, text } from './schema-builder.ts'
import { syncSequences } from './sync-sequences.ts'
import { forEachDatabase } from './testing.ts'

const samples: Migration = {
  id: 'insert-many-0001',
  async up(schema) {
    await schema.createTable('sample', { id: key(), number: integer().notNull(), label: text() })
    await schema.createTable('unused', { id: key() })
  },
}

type Tables = { sample: { id: Generated<number>; number: number; label: string | null } }

forEachDatabase('many rows', [samples], (open) => {
  it.each([[0], [1], [133], [134], [2001], [5000]])('are inserted in order: %i', async (count) => {
    const { db, transaction } = await open('fresh')
    const rows = Array.from({ length: count }, (_, number) => ({
      number,
      label: number % 2 ? 'odd' : null,
      id: number + 1,
    }))
    await transaction((tx) => insertMany(tx.withTables<Tables>(), 'sample', rows))
    const stored = await db.withTables<Tables>().selectFrom('sample').selectAll().orderBy('id').execute()
    expect(stored).toStrictEqual(rows.map(({ id, number, label }) => ({ id, number, label })))
  })

  it('must have the same columns', async () => {
    const { db } = await open()
    const uneven = [{ number: 1 }, { number: 2, label: 'x' }]
    await expect(insertMany(db.withTables<Tables>(), 'sample', uneven)).rejects.toThrow(/same columns/)
  })

  it('with keys of their own are followed by higher keys', async () => {
    const { db } = await open('fresh')
    const tables = db.withTables<Tables>()
    await insertMany(tables, 'sample', [
      { id: 40, number: 1 },
      { id: 7, number: 2 },
    ])
    await syncSequences(db)
    const next = await tables.insertInto('sample').values({ number: 3 }).returning('id').execute()
    expect(next).toStrictEqual([{ id: 41 }])
    await sql`delete from sample where id = 41`.execute(db)
    const after = await tables.insertInto('sample').values({ number: 3 }).returning('id').execute()
    expect(after).toStrictEqual([{ id: 42 }])
    const first = await sql`insert into unused default values returning id`.execute(db)
    expect(first.rows).toStrictEqual([{ id: 1 }])
  })
})
