import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { CompiledQuery, type Generated, sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import type { Database } from './database.ts'
import { insertMany } from './insert-many.ts'
import { type DatabaseConfig, kindOf, openDatabase } from './open-database.ts'
import { integer, key, type Migration } from './schema-builder.ts'
import { forEachDatabase, makeTestDatabase, openTestDatabase } from './testing.ts'

const pairs: Migration = {
  id: 'open-database-0001',
  async up(schema) {
    await schema.createTable('lefty', { id: key(), value: integer().notNull() })
    await schema.createTable('righty', { id: key(), value: integer().notNull() })
  },
}

type Row = { id: Generated<number>; value: number }
type Tables = { lefty: Row; righty: Row }

const HEAVY = sql<{ n: number }>`
  with recursive counted(n) as (select 1 union all select n + 1 from counted where n < 400000)
  select count(*) as n from counted`

async function fill(db: Database, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, value) => ({ value }))
  await insertMany(db.withTables<Tables>(), 'lefty', rows)
}

function count(db: Database, table: keyof Tables): Promise<{ n: number }> {
  return db
    .withTables<Tables>()
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
}

forEachDatabase('a database', [pairs], (open, kind) => {
  it('says which kind it is, also inside a transaction', async () => {
    const { db, reader, transaction } = await open()
    expect([kindOf(db), kindOf(reader), await transaction(async (tx) => kindOf(tx))]).toStrictEqual([
      kind,
      kind,
      kind,
    ])
    expect(kindOf(db.withTables<Tables>())).toBe(kind)
  })

  it('counts the rows that a statement changed', async () => {
    const { db } = await open('fresh')
    await fill(db, 5)
    const tables = db.withTables<Tables>()
    const updated = await tables
      .updateTable('lefty')
      .set({ value: 0 })
      .where('value', '>', 2)
      .executeTakeFirst()
    expect(updated.numUpdatedRows).toBe(2n)
    const none = await tables.deleteFrom('lefty').where('value', '=', 77).executeTakeFirst()
    expect(none.numDeletedRows).toBe(0n)
    const raw = await sql`delete from lefty where value = 0`.execute(db)
    expect(raw.numAffectedRows).toBe(3n)
    const returned = await sql`delete from lefty returning value`.execute(db)
    expect(returned).toMatchObject({ numAffectedRows: 2n, rows: [{ value: 1 }, { value: 2 }] })
  })

  it('refuses to read numbers that JavaScript cannot hold', async () => {
    const { db, reader } = await open('fresh')
    await db.executeQuery(CompiledQuery.raw('insert into lefty (value) values (9007199254740993)'))
    for (const either of [db, reader]) {
      await expect(either.withTables<Tables>().selectFrom('lefty').selectAll().execute()).rejects.toThrow(
        /too large/,
      )
    }
  })

  describe('its reader', () => {
    it('sees what is committed, at once', async () => {
      const { db, reader } = await open('fresh')
      for (let n = 1; n <= 20; n++) {
        await db.withTables<Tables>().insertInto('lefty').values({ value: n }).execute()
        expect(await count(reader, 'lefty')).toStrictEqual({ n })
      }
    })

    it('lets the event loop turn and point reads pass while it works', async () => {
      const { db, reader } = await open()
      const events: string[] = []
      const heavy = HEAVY.execute(reader).then(({ rows }) => events.push(`heavy ${rows[0]?.n}`))
      await sql`select 1`.execute(db)
      events.push('point read')
      for (let turn = 0; turn < 100; turn++) await nextTurn()
      events.push('100 turns')
      await heavy
      expect(events).toStrictEqual(['point read', '100 turns', 'heavy 400000'])
    })

    it('answers many queries at once, each with its own rows', async () => {
      const { reader } = await open()
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          sql<{ n: number }>`select cast(${n} as bigint) as n`.execute(reader),
        ),
      )
      expect(answers.map(({ rows }) => rows[0]?.n)).toStrictEqual(Array.from({ length: 200 }, (_, n) => n))
    })

    it('does not write', async () => {
      const { reader } = await open('fresh')
      await expect(fill(reader, 1)).rejects.toThrow(/write/)
      expect(await count(reader, 'lefty')).toStrictEqual({ n: 0 })
    })

    it('reports errors with their message', async () => {
      const { reader } = await open()
      await expect(sql`select * from nowhere`.execute(reader)).rejects.toThrow(/nowhere/)
      await expect(sql`select ${'\0'}`.execute(reader)).rejects.toThrow(RefusedError)
    })
  })

  describe('a stream', () => {
    async function read(db: Database, chunk: number, stopAt?: number): Promise<number[]> {
      const values: number[] = []
      const query = db.withTables<Tables>().selectFrom('lefty').select('value').orderBy('id')
      for await (const { value } of query.stream(chunk)) {
        values.push(value)
        if (values.length === stopAt) break
      }
      return values
    }

    const all = Array.from({ length: 2500 }, (_, value) => value)

    it.each([[1000], [2500], [7]])('gives every row once, in order, in chunks of %i', async (chunk) => {
      const { db, reader, transaction } = await open('fresh')
      await transaction((tx) => fill(tx, all.length))
      expect(await read(db, chunk)).toStrictEqual(all)
      expect(await read(reader, chunk)).toStrictEqual(all)
      expect(await transaction((tx) => read(tx, chunk))).toStrictEqual(all)
    })

    it('can be left early, and the database used on', async () => {
      const { db, reader, transaction } = await open('fresh')
      await transaction((tx) => fill(tx, all.length))
      for (const either of [db, reader]) expect(await read(either, 10, 3)).toStrictEqual([0, 1, 2])
      await transaction(async (tx) => {
        expect(await read(tx, 10, 3)).toStrictEqual([0, 1, 2])
        await fill(tx, 1)
      })
      expect(await count(db, 'lefty')).toStrictEqual({ n: 2501 })
    })

    it('lets others write meanwhile and does not see it', async () => {
      const { db } = await open('fresh')
      await fill(db, 50)
      const seen: number[] = []
      for await (const { value } of db.withTables<Tables>().selectFrom('lefty').select('value').stream(10)) {
        if (seen.length < 3) await fill(db, 10)
        seen.push(value)
      }
      expect(seen).toStrictEqual(all.slice(0, 50))
    })

    it('reports an error of its query', async () => {
      const { db } = await open()
      const query = db.withTables<{ nowhere: Row }>().selectFrom('nowhere').selectAll()
      await expect(query.stream().next()).rejects.toThrow(/nowhere/)
    })
  })

  it('reports how durable it is', async () => {
    const { durability } = await open()
    const settings = Object.fromEntries(
      (await durability()).map(({ setting, value, durable }) => [setting, { value, durable }]),
    )
    const expected = {
      sqlite: {
        journal_mode: { value: 'wal', durable: true },
        synchronous: { value: 'full', durable: true },
        foreign_keys: { value: 'on', durable: true },
      },
      // The server for tests does not sync.
      postgres: {
        synchronous_commit: { value: 'on', durable: true },
        fsync: { value: 'off', durable: false },
      },
    }
    expect(settings).toMatchObject(expected[kind])
    expect(settings.version?.value).toMatch(/^(SQLite|PostgreSQL) \d/)
  })

  it('improves its plans without stopping anybody', async () => {
    const { db, reader, optimize } = await open('fresh')
    await fill(db, 3000)
    await Promise.all([optimize(), fill(db, 10), count(reader, 'lefty')])
    expect(await count(reader, 'lefty')).toStrictEqual({ n: 3010 })
    expect(await count(db, 'lefty')).toStrictEqual({ n: 3010 })
    const statistics =
      kind === 'sqlite'
        ? sql`select 1 from sqlite_stat1`
        : sql`select 1 from pg_stats where tablename = 'lefty'`
    expect((await statistics.execute(db)).rows).not.toStrictEqual([])
  })

  it('can be closed twice, and is then of no use', async () => {
    const handle = await openTestDatabase(kind, [pairs])
    await count(handle.reader, 'lefty')
    await handle.listen('samples', () => undefined)
    await Promise.all([handle.close(), handle.close()])
    await handle.close()
    await expect(count(handle.db, 'lefty')).rejects.toThrow()
    await expect(count(handle.reader, 'lefty')).rejects.toThrow()
  })

  it('does not keep a process alive once closed', async () => {
    const config = await makeTestDatabase(kind, [pairs])
    const child = startChild(
      config,
      `await sql\`select count(*) from lefty\`.execute(handle.reader)
       await handle.transaction((tx) => sql\`insert into lefty (value) values (1)\`.execute(tx))
       await handle.listen('samples', () => undefined)
       await handle.close()`,
    )
    expect(await once(child, 'exit')).toStrictEqual([0, null])
  })

  it('keeps all that was acknowledged, and no halves, when the process is killed', async () => {
    const config = await makeTestDatabase(kind, [pairs])
    const child = startChild(
      config,
      `for (let value = 1; ; value++) {
         await handle.transaction(async (tx) => {
           await sql\`insert into lefty (value) values (\${value})\`.execute(tx)
           await new Promise(setImmediate)
           await sql\`insert into righty (value) values (\${value})\`.execute(tx)
         })
         console.log(value)
       }`,
    )
    let acknowledged = 0
    for await (const line of createInterface(child.stdout)) {
      acknowledged = Number(line)
      if (acknowledged === 200) child.kill('SIGKILL')
    }
    expect(acknowledged).toBeGreaterThanOrEqual(200)
    const handle = await openDatabase(config)
    try {
      const { n } = await count(handle.db, 'lefty')
      expect(n).toBeGreaterThanOrEqual(acknowledged)
      expect(await count(handle.db, 'righty')).toStrictEqual({ n })
    } finally {
      await handle.close()
    }
  })
})

/** Another process with the same database open as `handle`. */
function startChild(config: DatabaseConfig, body: string) {
  const script = `
    import { sql } from 'kysely'
    import { openDatabase } from ${JSON.stringify(new URL('./open-database.ts', import.meta.url).href)}
    const handle = await openDatabase(${JSON.stringify(config)})
    ${body}`
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
