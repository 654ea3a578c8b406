import { describe, expect, it } from 'vitest'
import { all, type Condition, compare, EVERYTHING, equals, parseOrder, related } from '../../core/query.ts'
import {
  boolean,
  day,
  defineRecord,
  instant,
  integer,
  inverse,
  number,
  reference,
  references,
  text,
} from '../../core/record.ts'
import type { DatabaseHandle } from '../database/database.ts'
import { insertMany } from '../database/insert-many.ts'
import {
  boolean as booleanColumn,
  day as dayColumn,
  instant as instantColumn,
  integer as integerColumn,
  key,
  type Migration,
  real,
  references as referencesColumn,
  text as textColumn,
} from '../database/schema-builder.ts'
import { forEachDatabase } from '../database/testing.ts'
import { createCatalogue } from './catalogue.ts'
import { compileQuery } from './compile-query.ts'
import { encodeRow } from './row-codec.ts'

const room = defineRecord({
  name: 'test.room',
  table: 'room',
  path: 'rooms',
  label: { one: 'Room', many: 'Rooms' },
  titleField: 'name',
  fields: { name: text({ required: true, search: true }), things: inverse('test.thing', 'room', 'Things') },
  stamped: false,
  retirable: false,
})

const tag = defineRecord({
  name: 'test.tag',
  table: 'tag',
  path: 'tags',
  label: { one: 'Tag', many: 'Tags' },
  titleField: 'name',
  fields: { name: text({ required: true }), weight: integer({ required: true }) },
  stamped: false,
  retirable: false,
})

const thing = defineRecord({
  name: 'test.thing',
  table: 'thing',
  path: 'things',
  label: { one: 'Thing', many: 'Things' },
  titleField: 'name',
  fields: {
    name: text({ search: true }),
    room: reference('test.room', {}),
    tags: references('test.tag', { table: 'thing_tag', from: 'thing_id', to: 'tag_id' }, {}),
    value: number({}),
    good: boolean({}),
    seenOn: day({}),
    seenAt: instant({}),
  },
  stamped: false,
  retirable: false,
})

const catalogue = createCatalogue([room, tag, thing])

const migration: Migration = {
  id: 'test-0001-things',
  async up(schema) {
    const version = { version: integerColumn().notNull().default(1) }
    await schema.createTable('room', { id: key(), name: textColumn().notNull().folded(), ...version })
    await schema.createTable('tag', {
      id: key(),
      name: textColumn().notNull().folded(),
      weight: integerColumn().notNull(),
      ...version,
    })
    await schema.createTable('thing', {
      id: key(),
      name: textColumn().folded(),
      room_id: referencesColumn('room'),
      value: real(),
      good: booleanColumn(),
      seen_on: dayColumn(),
      seen_at: instantColumn(),
      ...version,
    })
    await schema.createTable('thing_tag', {
      thing_id: referencesColumn('thing').notNull(),
      tag_id: referencesColumn('tag').notNull(),
    })
  },
}

/** Toronto stands at UTC-5 in winter: 03:30Z of the first of January is still the old year there. */
const NEW_YEAR_EVE = new Date('2026-01-01T03:30:00Z')

const THINGS = [
  { id: 1, name: 'Äpfel', room: 1, value: 1.5, good: true, seenOn: '2026-01-01', seenAt: NEW_YEAR_EVE },
  {
    id: 2,
    name: 'äpfel',
    room: 2,
    value: -2,
    good: false,
    seenOn: '2025-12-31',
    seenAt: new Date('2026-01-01T05:00:00Z'),
  },
  { id: 3, name: 'Zebra 100%', room: 1, value: 1e-9, good: null, seenOn: null, seenAt: null },
  {
    id: 4,
    name: null,
    room: null,
    value: null,
    good: true,
    seenOn: '2024-02-29',
    seenAt: new Date('2024-02-29T12:00:00.123Z'),
  },
  {
    id: 5,
    name: 'STRASSE_a',
    room: 2,
    value: 1.5,
    good: true,
    seenOn: '2026-06-15',
    seenAt: new Date('2026-06-15T23:59:59.999Z'),
  },
  { id: 6, name: 'straße', room: 3, value: 7, good: false, seenOn: '2026-06-15', seenAt: null },
]

async function fill(handle: DatabaseHandle): Promise<void> {
  const rows = (
    record: typeof thing | typeof room | typeof tag,
    values: readonly Record<string, unknown>[],
  ) => values.map((value) => ({ id: value.id, ...encodeRow(record, value) }))
  const db = handle.db.withTables<Record<string, Record<string, unknown>>>()
  await insertMany(
    db,
    'room',
    rows(room, [
      { id: 1, name: 'Vault A' },
      { id: 2, name: 'vault b' },
      { id: 3, name: 'Öst' },
    ]),
  )
  await insertMany(
    db,
    'tag',
    rows(tag, [
      { id: 1, name: 'old', weight: 1 },
      { id: 2, name: 'new', weight: 2 },
      { id: 3, name: 'old', weight: 2 },
    ]),
  )
  await insertMany(db, 'thing', rows(thing, THINGS))
  await insertMany(db, 'thing_tag', [
    { thing_id: 1, tag_id: 1 },
    { thing_id: 1, tag_id: 2 },
    { thing_id: 2, tag_id: 3 },
    { thing_id: 5, tag_id: 2 },
  ])
}

const CASES: readonly (readonly [string, Condition, readonly number[]])[] = [
  ['exact respects case', equals('name', 'äpfel'), [2]],
  ['iexact folds umlauts', compare('name', 'iexact', 'ÄPFEL'), [1, 2]],
  ['iexact folds ß and ss', compare('name', 'iexact', 'STRASSE'), [6]],
  ['contains respects case', compare('name', 'contains', 'pfel'), [1, 2]],
  ['contains takes % as a character', compare('name', 'contains', '0%'), [3]],
  ['contains takes _ as a character', compare('name', 'contains', 'E_a'), [5]],
  ['icontains folds', compare('name', 'icontains', 'Strass'), [5, 6]],
  ['startswith respects case', compare('name', 'startswith', 'S'), [5]],
  ['istartswith folds', compare('name', 'istartswith', 'STRAß'), [5, 6]],
  ['endswith respects case', compare('name', 'endswith', 'a'), [5]],
  ['endswith of nothing is every text', compare('name', 'endswith', ''), [1, 2, 3, 5, 6]],
  ['iendswith folds', compare('name', 'iendswith', 'PFEL'), [1, 2]],
  ['in', compare('name', 'in', ['Äpfel', 'straße', 'nothing']), [1, 6]],
  ['in of nothing', compare('name', 'in', []), []],
  ['gt', compare('value', 'gt', 1.5), [6]],
  ['gte', compare('value', 'gte', 1.5), [1, 5, 6]],
  ['lt does not see nulls', compare('value', 'lt', 1.5), [2, 3]],
  ['a tiny decimal', equals('value', 1e-9), [3]],
  ['range holds both ends', compare('value', 'range', [-2, 1.5]), [1, 2, 3, 5]],
  ['isnull true', compare('value', 'isnull', true), [4]],
  ['isnull false', compare('room', 'isnull', false), [1, 2, 3, 5, 6]],
  ['boolean', equals('good', false), [2, 6]],
  ['null by exact', equals('good', null), [3]],
  ['not keeps nulls', { kind: 'not', of: equals('good', true) }, [2, 3, 6]],
  ['a day', compare('seenOn', 'lte', '2025-12-31'), [2, 4]],
  ['an instant', compare('seenAt', 'gte', new Date('2026-01-01T05:00:00Z')), [2, 5]],
  ['an instant to the millisecond', equals('seenAt', new Date('2024-02-29T12:00:00.123Z')), [4]],
  ['year of an instant is meant in the zone', compare('seenAt', 'year', 2026), [2, 5]],
  ['year of a day', compare('seenOn', 'year', 2026), [1, 5, 6]],
  ['month of an instant is meant in the zone', compare('seenAt', 'month', 12), [1]],
  ['month of a day', compare('seenOn', 'month', 6), [5, 6]],
  ['day of an instant', compare('seenAt', 'day', 1), [2]],
  ['weekday of a day, Monday first', compare('seenOn', 'weekday', 1), [5, 6]],
  ['regex', compare('name', 'regex', '^[A-Z].*[0-9]{3}'), [3]],
  ['iregex', compare('name', 'iregex', '^zebra'), [3]],
  ['a reference by id', equals('room', 2), [2, 5]],
  ['a field of a reference', related('room', compare('name', 'icontains', 'VAULT')), [1, 2, 3, 5]],
  [
    'not inside a reference',
    related('room', { kind: 'not', of: compare('name', 'icontains', 'vault') }),
    [6],
  ],
  ['a to-many relation by id', equals('tags', 2), [1, 5]],
  [
    'both conditions on the same related row',
    related('tags', all(equals('name', 'old'), equals('weight', 2))),
    [2],
  ],
  [
    'conditions on any related rows',
    all(related('tags', equals('name', 'old')), related('tags', equals('weight', 2))),
    [1, 2],
  ],
  ['free text: every word somewhere', { kind: 'search', text: 'ZEBRA 100%' }, [3]],
  ['or', { kind: 'any', of: [equals('id', 1), equals('id', 6)] }, [1, 6]],
  ['or of nothing', { kind: 'any', of: [] }, []],
]

const ORDERS: readonly (readonly [string, readonly number[]])[] = [
  ['name', [6, 5, 3, 1, 2, 4]],
  ['-name', [4, 2, 1, 3, 5, 6]],
  ['value', [2, 3, 1, 5, 6, 4]],
  ['-value', [4, 6, 5, 1, 3, 2]],
  ['room.name', [1, 3, 2, 5, 6, 4]],
  ['-room.name', [4, 6, 5, 2, 3, 1]],
  ['seenAt', [4, 1, 2, 5, 3, 6]],
]

forEachDatabase('queries', [migration], (open, kind) => {
  async function ids(
    where: Condition,
    order = 'id',
    page = { limit: 100, offset: 0 },
  ): Promise<[number[], number]> {
    const handle = await filled(open)
    const settings = { catalogue, kind, zone: 'America/Toronto' }
    const compiled = compileQuery(settings, thing, { where, order: [parseOrder(order)], ...page })
    const rows = (await compiled.page.execute(handle.reader)).rows
    const total = (await compiled.total.execute(handle.reader)).rows[0]?.total ?? -1
    return [rows.map((row) => Number(row.id)), total]
  }

  it.each(CASES)('%s', async (_name, where, expected) => {
    expect(await ids(where)).toEqual([expected, expected.length])
  })

  it.each(ORDERS)('orders by %s with nulls last when ascending', async (order, expected) => {
    expect((await ids(EVERYTHING, order))[0]).toEqual(expected)
  })

  it('pages without losing the total', async () => {
    expect(await ids(EVERYTHING, 'id', { limit: 2, offset: 4 })).toEqual([[5, 6], 6])
  })
})

const filledHandles = new WeakMap<DatabaseHandle, Promise<void>>()

async function filled(open: () => Promise<DatabaseHandle>): Promise<DatabaseHandle> {
  const handle = await open()
  const filling = filledHandles.get(handle) ?? fill(handle)
  filledHandles.set(handle, filling)
  await filling
  return handle
}

describe('compileQuery', () => {
  const settings = { catalogue, kind: 'sqlite' as const, zone: 'UTC' }
  const query = (where: Condition, order = 'id') => ({
    where,
    order: [parseOrder(order)],
    limit: 1,
    offset: 0,
  })

  it.each<[string, Condition]>([
    ['an unknown field', equals('colour', 'red')],
    ['a field that objects inherit', equals('constructor', 'x')],
    ['a prototype', equals('__proto__', 'x')],
    ['a relation that is none', related('name', EVERYTHING)],
    ['text for a number', equals('value', 'x')],
    ['a fraction for a reference', equals('room', 1.5)],
    ['text for an instant', equals('seenAt', '2026-01-01')],
    ['a pattern that backtracks', compare('name', 'regex', '(a)\\1')],
    ['a broken pattern', compare('name', 'regex', '(')],
    ['a pattern without end', compare('name', 'regex', 'a'.repeat(501))],
    ['a range of three', compare('value', 'range', [1, 2, 3])],
    [
      'too long a list',
      compare(
        'id',
        'in',
        Array.from({ length: 10_001 }, (_, index) => index),
      ),
    ],
  ])('refuses %s', (_name, where) => {
    expect(() => compileQuery(settings, thing, query(where))).toThrow(
      expect.objectContaining({ name: 'RefusedError' }),
    )
  })

  it('refuses conditions nested without end', () => {
    let where: Condition = equals('id', 1)
    for (let depth = 0; depth < 100; depth++) where = { kind: 'not', of: where }
    expect(() => compileQuery(settings, thing, query(where))).toThrow(/nested/)
  })

  it.each(['tags', 'tags.name', 'room.colour', 'constructor'])('refuses to order by %s', (order) => {
    expect(() => compileQuery(settings, thing, query(EVERYTHING, order))).toThrow(
      expect.objectContaining({ name: 'RefusedError' }),
    )
  })
})

describe('createCatalogue', () => {
  it('names every contradiction', () => {
    const lost = defineRecord({
      name: 'test.lost',
      table: 'lost',
      path: 'rooms',
      label: { one: 'Lost', many: 'Lost' },
      titleField: 'name',
      fields: {
        name: text({}),
        owner: reference('test.nobody', {}),
        back: inverse('test.thing', 'name', 'Back'),
      },
    })
    expect(() => createCatalogue([room, tag, thing, lost])).toThrow(
      [
        'The records contradict one another:',
        'two records have the address test/rooms',
        'test.lost.owner refers to test.nobody, which is not declared',
        'test.lost.back comes back via name, which is no reference',
        'test.lost.createdBy refers to access.user, which is not declared',
        'test.lost.modifiedBy refers to access.user, which is not declared',
      ].join('\n'),
    )
  })
})
