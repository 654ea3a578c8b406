import { type Generated, sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'
import { integer, key, type Migration } from './schema-builder.ts'
import { forEachDatabase, makeTestDatabase } from './testing.ts'

const counters: Migration = {
  id: 'transaction-0001',
  up: (schema) => schema.createTable('counter', { id: key(), value: integer().notNull().unique() }),
}

type Tables = { counter: { id: Generated<number>; value: number } }

async function values(db: Database): Promise<number[]> {
  const rows = await db.withTables<Tables>().selectFrom('counter').select('value').orderBy('value').execute()
  return rows.map(({ value }) => value)
}

const add = (db: Database, value: number) =>
  db.withTables<Tables>().insertInto('counter').values({ value }).execute()

forEachDatabase('a transaction', [counters], (open, kind) => {
  it('commits all of its writes', async () => {
    const { db, transaction } = await open('fresh')
    const seen = await transaction(async (tx) => {
      await add(tx, 1)
      await add(tx, 2)
      return values(tx)
    })
    expect(seen).toStrictEqual([1, 2])
    expect(await values(db)).toStrictEqual([1, 2])
  })

  it('leaves nothing behind when it throws', async () => {
    const { db, transaction } = await open('fresh')
    const failing = transaction(async (tx) => {
      await add(tx, 1)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await values(db)).toStrictEqual([])
  })

  it('is aborted by a failed statement, even one whose error is caught', async () => {
    const { db, transaction } = await open('fresh')
    await add(db, 1)
    const swallowing = transaction(async (tx) => {
      await add(tx, 2)
      await expect(add(tx, 1)).rejects.toThrow(/unique/i)
      await expect(add(tx, 3)).rejects.toThrow(/aborted/)
    })
    await expect(swallowing).rejects.toThrow()
    expect(await values(db)).toStrictEqual([1])
  })

  it('does not let the outer database in', async () => {
    const { db, reader, transaction } = await open('fresh')
    await transaction(async (tx) => {
      await add(tx, 1)
      await expect(add(db, 2)).rejects.toThrow(/outer database/)
      await expect(values(db)).rejects.toThrow(/outer database/)
      await expect(transaction(async () => 0)).rejects.toThrow(/nest/)
      await expect(Promise.resolve().then(() => Promise.all([add(db, 3)]))).rejects.toThrow(/outer database/)
      expect(await values(reader)).toStrictEqual([])
    })
    await add(db, 4)
    expect(await values(db)).toStrictEqual([1, 4])
  })

  it('lets the outer database in again for work that it started and that outlives it', async () => {
    const { db, transaction } = await open('fresh')
    let later: Promise<unknown> | undefined
    const over = Promise.withResolvers<void>()
    await transaction(async (tx) => {
      await add(tx, 1)
      later = over.promise.then(() => add(db, 2))
    })
    over.resolve()
    await later
    expect(await values(db)).toStrictEqual([1, 2])
  })

  it('cannot be used once it is over', async () => {
    const { db, transaction } = await open('fresh')
    const escaped = await transaction(async (tx) => ({ tx }))
    await expect(add(escaped.tx, 1)).rejects.toThrow()
    expect(await values(db)).toStrictEqual([])
  })

  it('is not opened by other means', async () => {
    const { db, reader } = await open('fresh')
    await expect(db.transaction().execute(async () => 0)).rejects.toThrow(/database handle/)
    await expect(reader.transaction().execute(async () => 0)).rejects.toThrow(/reader/)
  })

  it('runs its statements one after the other when they are not awaited', async () => {
    const { db, transaction } = await open('fresh')
    await transaction((tx) => Promise.all(Array.from({ length: 20 }, (_, value) => add(tx, value))))
    expect(await values(db)).toHaveLength(20)
  })

  it('excludes other writers while it reads and then writes, over several handles', async () => {
    const config = await makeTestDatabase(kind, [counters])
    const handles = await Promise.all([openDatabase(config), openDatabase(config)])
    const increment = (handle: (typeof handles)[number]) =>
      handle.transaction(async (tx) => {
        if (kind === 'postgres') await sql`select pg_advisory_xact_lock(42)`.execute(tx)
        await add(tx, Math.max(0, ...(await values(tx))) + 1)
      })
    try {
      await Promise.all(Array.from({ length: 60 }, (_, turn) => increment(handles[turn % 2 === 0 ? 0 : 1])))
      expect(await values(handles[0].db)).toStrictEqual(Array.from({ length: 60 }, (_, index) => index + 1))
    } finally {
      await Promise.all(handles.map((handle) => handle.close()))
    }
  })

  it('that is serializable reads and writes as if it were alone', async () => {
    const { db, transaction } = await open('fresh')
    const bothHaveRead = Promise.withResolvers<void>()
    let reads = 0
    const increment = () =>
      transaction(
        async (tx) => {
          const next = (await values(tx)).length + 1
          reads += 1
          // SQLite lets the second one in only after the first has committed.
          if (reads === 2 || kind === 'sqlite') bothHaveRead.resolve()
          await bothHaveRead.promise
          await add(tx, next)
        },
        { isolation: 'serializable' },
      )
    await Promise.all([increment(), increment()])
    expect(await values(db)).toStrictEqual([1, 2])
  })

  it.runIf(kind === 'postgres')('is tried again after a deadlock', async () => {
    const { db, transaction } = await open('fresh')
    await add(db, 1)
    await add(db, 2)
    const bothHold = Promise.withResolvers<void>()
    let holding = 0
    const shift = (first: number, second: number) =>
      transaction(async (tx) => {
        await sql`set local deadlock_timeout = '20ms'`.execute(tx)
        await sql`update counter set value = value + 10 where id = ${first}`.execute(tx)
        holding += 1
        if (holding === 2) bothHold.resolve()
        await bothHold.promise
        await sql`update counter set value = value + 10 where id = ${second}`.execute(tx)
      })
    await Promise.all([shift(1, 2), shift(2, 1)])
    expect(holding).toBe(3)
    expect(await values(db)).toStrictEqual([21, 22])
  })
})
