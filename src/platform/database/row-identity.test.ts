import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { json } from './database.ts'
import {
  boolean,
  bytes,
  day,
  decimal,
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  real,
  text,
  uuidKey,
} from './schema-builder.ts'
import { forEachDatabase } from './testing.ts'

const everyType: Migration = {
  id: 'row-identity-0001',
  async up(schema) {
    await schema.createTable('owner', { uid: uuidKey() })
    await schema.createTable('every', {
      id: key(),
      name: text().notNull().folded(),
      amount: integer(),
      value: real(),
      price: decimal(12, 2),
      active: boolean().notNull().default(true),
      measured_at: instant(),
      accepted_on: day(),
      settings: jsonText(),
      content: bytes(),
      note: text().default("it's"),
    })
  },
}

type Every = {
  id?: number
  name: string
  name_folded: string
  amount?: number | null
  value?: number | null
  price?: number | null
  active?: boolean | number
  measured_at?: Date | string | null
  accepted_on?: string | null
  settings?: string | null
  content?: Uint8Array | null
  note?: string | null
}

forEachDatabase('rows', [everyType], (open) => {
  it('come back in the same form from both databases', async () => {
    const { db, reader, transaction } = await open()
    const tables = db.withTables<{ every: Every }>()
    const given = {
      name: 'Ünit',
      name_folded: 'ünit',
      amount: 9007199254740991,
      value: 0.1,
      price: 12.35,
      active: false,
      measured_at: new Date('2026-11-21T20:37:26.320Z'),
      accepted_on: '2026-02-28',
      settings: json({ b: 1, a: [null, 'ü'] }),
      content: new Uint8Array([0, 1, 255]),
    }
    await tables.insertInto('every').values(given).execute()
    const expected = {
      ...given,
      id: 1,
      active: 0,
      measured_at: '2026-11-21T20:37:26.320Z',
      settings: '{"b":1,"a":[null,"ü"]}',
      content: Buffer.from([0, 1, 255]),
      note: "it's",
    }
    const query = tables.selectFrom('every').selectAll()
    expect(await query.execute()).toStrictEqual([expected])
    const threaded = await reader.withTables<{ every: Every }>().selectFrom('every').selectAll().execute()
    expect(threaded).toStrictEqual([expected])
    const inside = await transaction((tx) => tx.executeQuery<Every>(query.compile()))
    expect(inside.rows).toStrictEqual([expected])
    const counted = await sql<{
      n: number
      m: number
    }>`select count(*) as n, sum(amount) as m from every`.execute(db)
    expect(counted.rows).toStrictEqual([{ n: 1, m: 9007199254740991 }])
  })
})
