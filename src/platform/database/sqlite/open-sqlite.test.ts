import { dirname, join } from 'node:path'
import { type Generated, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../../core/refusal.ts'
import type { Database, DatabaseHandle } from '../database.ts'
import { insertMany } from '../insert-many.ts'
import { openDatabase } from '../open-database.ts'
import { integer, key, type Migration } from '../schema-builder.ts'
import { makeTestDatabase, openTestDatabase } from '../testing.ts'

const pairs: Migration = {
  id: 'open-sqlite-0001',
  async up(schema) {
    await schema.createTable('lefty', { id: key(), value: integer().notNull() })
    await schema.createTable('righty', { id: key(), value: integer().notNull() })
  },
}

type Row = { id: Generated<number>; value: number }
type Tables = { lefty: Row; righty: Row }

function count(db: Database, table: keyof Tables): Promise<{ n: number }> {
  return db
    .withTables<Tables>()
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
}

describe('a SQLite database', () => {
  it('is backed up consistently while it is written', async () => {
    const config = await makeTestDatabase('sqlite', [pairs])
    if (config.kind !== 'sqlite') throw new Error('expected SQLite')
    const handle = await openDatabase(config)
    const target = join(dirname(config.file), 'copy.db')
    let copying = true
    const writing = (async () => {
      while (copying) await writePair(handle)
    })()
    await handle.transaction(async (tx) => {
      const rows = Array.from({ length: 20_000 }, (_, value) => ({ value }))
      await insertMany(tx.withTables<Tables>(), 'lefty', rows)
      await insertMany(tx.withTables<Tables>(), 'righty', rows)
    })
    await handle.backupTo?.(target)
    copying = false
    await writing
    await handle.close()
    const copy = await openDatabase({ kind: 'sqlite', file: target })
    const left = await count(copy.db, 'lefty')
    expect(left.n).toBeGreaterThanOrEqual(20_000)
    expect(await count(copy.db, 'righty')).toStrictEqual(left)
    expect((await sql`pragma integrity_check`.execute(copy.db)).rows).toStrictEqual([
      { integrity_check: 'ok' },
    ])
    await copy.close()
  })

  it('searches regular expressions in linear time', async () => {
    const { db, reader, close } = await openTestDatabase('sqlite', [])
    const evil = 'a'.repeat(5000)
    for (const either of [db, reader]) {
      const { rows } = await sql`
        select re2('^(a+)+$', ${`${evil}!`}) as evil, re2('^Unit \\d$', 'Unit 3') as plain, re2('unit', 'Unit') as exact,
          re2i('ünit', 'ÜNIT') as folded, re2(null, 'x') as absent`.execute(either)
      expect(rows).toStrictEqual([{ evil: 0, plain: 1, exact: 0, folded: 1, absent: null }])
      await expect(sql`select re2('(', 'x')`.execute(either)).rejects.toThrow(RefusedError)
    }
    await close()
  })
})

async function writePair({ transaction }: DatabaseHandle): Promise<void> {
  await transaction(async (tx) => {
    const tables = tx.withTables<Tables>()
    await tables.insertInto('lefty').values({ value: 1 }).execute()
    await tables.insertInto('righty').values({ value: 1 }).execute()
  })
}
