import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { migrate, pendingMigrations } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { boolean, integer, key, type Migration, references, text } from './schema-builder.ts'
import { forEachDatabase, makeTestDatabase } from './testing.ts'

const create: Migration = {
  id: 'migrate-0001-create',
  async up(schema) {
    await schema.createTable('unit', { id: key(), name: text().notNull().folded() })
    await sql`insert into unit (name, name_folded) values ('One', 'one')`.execute(schema.db)
  },
}

const extend: Migration = {
  id: 'migrate-0002-extend',
  async up(schema) {
    await schema.addColumn('unit', 'active', boolean().notNull().default(true))
    await schema.addColumn('unit', 'parent_id', references('unit'))
    await schema.addColumn('unit', 'place', text().notNull().default('Öst').folded())
    await schema.createIndex('unit', { columns: ['-name'], name: 'unit_by_name' })
    await schema.raw({
      sqlite: 'create view kind as select 1 as one',
      postgres: 'create view kind as select 1 as one',
    })
  },
}

const failing: Migration = {
  id: 'migrate-0003-failing',
  async up(schema) {
    await schema.createTable('half', { id: key(), value: integer() })
    throw new Error('half way')
  },
}

forEachDatabase('migrations', [], (open, kind) => {
  it('are applied once, in order', async () => {
    const handle = await open('fresh')
    expect(await pendingMigrations(handle, [create, extend])).toStrictEqual([create.id, extend.id])
    expect(await migrate(handle, [create])).toStrictEqual([create.id])
    const before = await sql`select * from unit`.execute(handle.reader)
    expect(before.rows).toStrictEqual([{ id: 1, name: 'One', name_folded: 'one' }])
    expect(await migrate(handle, [create, extend])).toStrictEqual([extend.id])
    expect(await migrate(handle, [create, extend])).toStrictEqual([])
    const expected = [
      {
        id: 1,
        name: 'One',
        name_folded: 'one',
        active: 1,
        parent_id: null,
        place: 'Öst',
        place_folded: 'öst',
      },
    ]
    for (const db of [handle.db, handle.reader]) {
      expect((await sql`select * from unit`.execute(db)).rows).toStrictEqual(expected)
    }
  })

  it('leave nothing behind when they fail', async () => {
    const handle = await open('fresh')
    await expect(migrate(handle, [create, failing])).rejects.toThrow('half way')
    await expect(sql`select * from half`.execute(handle.db)).rejects.toThrow()
    expect(await pendingMigrations(handle, [create, failing])).toStrictEqual([failing.id])
  })

  it('of a newer version are not ignored', async () => {
    const handle = await open('fresh')
    await migrate(handle, [create, extend])
    await expect(migrate(handle, [create])).rejects.toThrow(/newer version .* migrate-0002-extend/)
  })

  it('are not listed twice', async () => {
    await expect(migrate(await open(), [create, create])).rejects.toThrow(/listed twice/)
  })

  it('are applied by one of several servers that start at the same time', async () => {
    const config = await makeTestDatabase(kind, [])
    const handles = await Promise.all([1, 2, 3].map(() => openDatabase(config)))
    try {
      const applied = await Promise.all(handles.map((handle) => migrate(handle, [create, extend])))
      expect(applied.flat().toSorted()).toStrictEqual([create.id, extend.id])
    } finally {
      await Promise.all(handles.map((handle) => handle.close()))
    }
  })
})
