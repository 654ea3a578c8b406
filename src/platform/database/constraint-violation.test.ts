import { CompiledQuery } from 'kysely'
import { expect, it } from 'vitest'
import { constraintViolation } from './constraint-violation.ts'
import {
  boolean,
  day,
  decimal,
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  references,
  text,
} from './schema-builder.ts'
import { forEachDatabase } from './testing.ts'

const constrained: Migration = {
  id: 'constraint-0001',
  async up(schema) {
    await schema.createTable('parent', { id: key() })
    await schema.createTable(
      'child',
      {
        id: key(),
        parent_id: references('parent'),
        name: text().notNull().unique(),
        a: integer(),
        b: integer(),
        price: decimal(6, 2),
        active: boolean(),
        accepted_on: day(),
        measured_at: instant(),
        settings: jsonText(),
      },
      {
        unique: [['a', 'b']],
        checks: ['a < 100'],
        index: [{ columns: ['b'], unique: true, where: 'a is null', name: 'one_b_without_a' }],
      },
    )
    const db = schema.db
    await db.executeQuery(CompiledQuery.raw('insert into parent (id) values (1)'))
    await db.executeQuery(
      CompiledQuery.raw(`insert into child (parent_id, name, a, b) values (1, 'taken', 1, 2)`),
    )
    await db.executeQuery(CompiledQuery.raw(`insert into child (name, b) values ('without a', 7)`))
  },
}

forEachDatabase('a violated constraint', [constrained], (open) => {
  it.each([
    [`insert into child (name) values ('taken')`, { kind: 'unique', table: 'child', columns: ['name'] }],
    [`insert into child (name, a, b) values ('x', 1, 2)`, { kind: 'unique', columns: ['a', 'b'] }],
    [`insert into child (name, b) values ('x', 7)`, { kind: 'unique', columns: ['b'] }],
    [`insert into parent (id) values (1)`, { kind: 'unique', columns: ['id'] }],
    [`insert into child (a) values (5)`, { kind: 'not-null', table: 'child', columns: ['name'] }],
    [`insert into child (name, parent_id) values ('x', 99)`, { kind: 'foreign-key' }],
    [`delete from parent where id = 1`, { kind: 'foreign-key' }],
    [`insert into child (name, a) values ('x', 100)`, { kind: 'check', constraint: 'ck_child_1' }],
    [`insert into child (name, price) values ('x', 1.005)`, { kind: 'check', constraint: 'ck_child_price' }],
    [`insert into child (name, price) values ('x', 10000)`, { kind: 'check', constraint: 'ck_child_price' }],
  ])('is recognised: %s', async (statement, expected) => {
    const { db } = await open()
    const error: unknown = await db
      .executeQuery(CompiledQuery.raw(statement))
      .catch((thrown: unknown) => thrown)
    expect(constraintViolation(error)).toMatchObject(expected)
  })

  it.each([
    ['accepted_on', '21.11.2026'],
    ['measured_at', 'half past nine'],
    ['settings', '{'],
    ['active', '2'],
  ])('protects %s from the value %s', async (column, value) => {
    const { db } = await open()
    const insert = CompiledQuery.raw(`insert into child (name, ${column}) values ('x', '${value}')`)
    await expect(db.executeQuery(insert)).rejects.toThrow()
  })

  it('is told apart from other errors', async () => {
    const { db } = await open()
    const error: unknown = await db
      .executeQuery(CompiledQuery.raw('select no_column from child'))
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Error)
    expect(constraintViolation(error)).toBeUndefined()
    expect(constraintViolation(new Error('UNIQUE constraint failed: a.b'))).toBeUndefined()
    expect(constraintViolation(undefined)).toBeUndefined()
  })
})
