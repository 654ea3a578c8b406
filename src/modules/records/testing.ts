import type { KyselyPlugin } from 'kysely'
import { makeContext } from '../../../tests/support/make-context.ts'
import type { Context } from '../../context.ts'
import type { UserActor } from '../../core/actor.ts'
import { EVERYTHING, equals } from '../../core/query.ts'
import {
  boolean,
  choice,
  code,
  colour,
  day,
  decimal,
  defineRecord,
  duration,
  html,
  instant,
  integer,
  inverse,
  json,
  longText,
  number,
  recurrence,
  reference,
  references,
  text,
} from '../../core/record.ts'
import type { Database, DatabaseHandle } from '../../platform/database/database.ts'
import {
  boolean as booleanColumn,
  day as dayColumn,
  decimal as decimalColumn,
  instant as instantColumn,
  integer as integerColumn,
  jsonText,
  key,
  type Migration,
  real,
  references as referencesColumn,
  text as textColumn,
} from '../../platform/database/schema-builder.ts'
import { createAudit } from '../audit/store/migrations/0001-create.ts'

/** A place; whoever holds no `test.all` knows of open ones only. */
export const roomRecord = defineRecord({
  name: 'test.room',
  table: 'test_room',
  path: 'rooms',
  label: { one: 'Room', many: 'Rooms' },
  titleField: 'name',
  fields: {
    name: text({ required: true, unique: true, search: true }),
    open: boolean({ default: true }),
    within: reference('test.room', {}),
    samples: inverse('test.sample', 'room', 'Samples'),
  },
  stamped: false,
  scope: (actor) =>
    actor.kind === 'user' && !actor.permissions.has('test.all') ? equals('open', true) : EVERYTHING,
})

/** One field of every kind. */
export const sampleRecord = defineRecord({
  name: 'test.sample',
  table: 'test_sample',
  path: 'samples',
  label: { one: 'Sample', many: 'Samples' },
  titleField: 'name',
  large: true,
  fields: {
    name: text({ required: true, maxLength: 20, search: true }),
    mark: text({ pattern: /^[A-Z]+$/, unique: true }),
    notes: longText({}),
    page: html({}),
    program: code({ default: '' }),
    count: integer({ min: -5, max: 1000, unit: 'pieces' }),
    value: number({}),
    price: decimal({}),
    good: boolean({}),
    seenOn: day({}),
    seenAt: instant({}),
    lasts: duration({ min: 0 }),
    grade: choice({ a: 'Best', b: 'Good' }, { default: 'b' }),
    tint: colour({}),
    repeats: recurrence({}),
    shape: json<unknown>({}),
    room: reference('test.room', {}),
    made: text({ readOnly: true }),
    steps: references(
      'test.room',
      { table: 'test_step', from: 'sample_id', to: 'room_id', order: 'position', repeats: true },
      {},
    ),
    tags: references('test.room', { table: 'test_tag', from: 'sample_id', to: 'room_id' }, {}),
  },
  stamped: false,
})

export const createTestRecords: Migration = {
  id: 'test-records-0001',
  async up(schema) {
    await schema.createTable('test_room', {
      id: key(),
      name: textColumn().notNull().unique().folded(),
      open: booleanColumn(),
      within_id: referencesColumn('test_room'),
      retired_at: instantColumn(),
      version: integerColumn().notNull().default(1),
    })
    await schema.createTable('test_sample', {
      id: key(),
      name: textColumn().notNull().folded(),
      mark: textColumn().unique().folded(),
      notes: textColumn().folded(),
      page: textColumn().folded(),
      program: textColumn(),
      count: integerColumn(),
      value: real(),
      price: decimalColumn(14, 2),
      good: booleanColumn(),
      seen_on: dayColumn(),
      seen_at: instantColumn(),
      lasts: integerColumn(),
      grade: textColumn(),
      tint: textColumn(),
      repeats: textColumn(),
      shape: jsonText(),
      room_id: referencesColumn('test_room'),
      made: textColumn().folded(),
      retired_at: instantColumn(),
      version: integerColumn().notNull().default(1),
    })
    await schema.createTable('test_step', {
      id: key(),
      sample_id: referencesColumn('test_sample').notNull(),
      room_id: referencesColumn('test_room').notNull(),
      position: integerColumn().notNull(),
    })
    await schema.createTable(
      'test_tag',
      {
        sample_id: referencesColumn('test_sample').notNull(),
        room_id: referencesColumn('test_room').notNull(),
      },
      { primaryKey: ['sample_id', 'room_id'] },
    )
  },
}

export const RECORD_TEST_MIGRATIONS = [createAudit, createTestRecords]

export function makeRecordContext(database: DatabaseHandle, parts: Partial<Context> = {}): Context {
  return makeContext(database, { records: [roomRecord, sampleRecord], ...parts })
}

/** The same context as a user with these permissions. */
export function withPermissions(ctx: Context, permissions: readonly string[]): Context {
  const actor: UserActor = {
    kind: 'user',
    id: 7,
    username: 'ada',
    isAdministrator: false,
    permissions: new Set(permissions),
    groupIds: [],
  }
  return { ...ctx, actor, origin: { requestId: 'r-1', credential: 'session', address: '192.0.2.7' } }
}

/** The same context, telling how many statements it sent. */
export function countingStatements(ctx: Context): { readonly ctx: Context; readonly count: () => number } {
  let sent = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    // counted by its answer, since the text of a prepared statement is made only once
    transformResult: async ({ result }) => {
      sent += 1
      return result
    },
  }
  const counted = (db: Database) => db.withPlugin(plugin)
  const database = { ...ctx.database, db: counted(ctx.database.db), reader: counted(ctx.database.reader) }
  return { ctx: { ...ctx, database, db: database.db }, count: () => sent }
}
