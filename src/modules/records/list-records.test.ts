import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import {
  all,
  type Condition,
  compare,
  EVERYTHING,
  equals,
  LOOKUPS,
  parseOrder,
  type Query,
  related,
  type Scalar,
} from '../../core/query.ts'
import { queryFields, type RecordType } from '../../core/record.ts'
import { RefusedError } from '../../core/refusal.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { compileQuery } from '../../platform/records/compile-query.ts'
import { findLabels } from './find-labels.ts'
import { findRecords, listRecords } from './list-records.ts'
import { planAccess } from './plan-access.ts'
import { createRecord } from './save-record.ts'
import {
  countingStatements,
  makeRecordContext,
  RECORD_TEST_MIGRATIONS,
  roomRecord,
  sampleRecord,
} from './testing.ts'

const ROOMS = 12
const SAMPLES = 60

/** Every `one`-th sample has no value. */
function unlessEvery<T>(one: number, n: number, value: T): T | null {
  return n % one === 0 ? null : value
}

function sampleNumber(n: number, rooms: readonly number[]): Record<string, unknown> {
  const roomAt = (index: number) => rooms[index % ROOMS] ?? null
  return {
    name: `${n % 2 ? 'Ä' : 'b'}${n % 7}`,
    value: unlessEvery(5, n, n / 4),
    good: unlessEvery(3, n, n % 3 === 1),
    seenOn: unlessEvery(4, n, `2026-11-${String((n % 28) + 1).padStart(2, '0')}`),
    seenAt: unlessEvery(6, n, `2026-11-21T${String(n % 24).padStart(2, '0')}:00:00Z`),
    grade: n % 2 ? 'a' : 'b',
    count: n % 9,
    price: n / 8,
    room: unlessEvery(8, n, roomAt(n)),
    steps: [roomAt(n), roomAt(n + 1), roomAt(n)],
    tags: n % 5 === 0 ? [] : [roomAt(n * 5)],
  }
}

async function fill(ctx: Context): Promise<void> {
  const rooms: number[] = []
  for (let n = 1; n <= ROOMS; n += 1) {
    const within = n % 3 === 0 ? { within: rooms[0] } : {}
    rooms.push((await createRecord(ctx, roomRecord, { name: `Room ${n}`, open: n % 2 === 0, ...within })).id)
  }
  for (let n = 1; n <= SAMPLES; n += 1) await createRecord(ctx, sampleRecord, sampleNumber(n, rooms))
}

const roomCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.boolean().map((open) => equals('open', open)),
  fc.integer({ min: 0, max: 13 }).map((n) => equals('name', `Room ${n}`)),
  fc.integer({ min: 0, max: 13 }).map((n) => compare('id', 'lte', n)),
  fc.boolean().map((missing) => compare('within', 'isnull', missing)),
  fc.constant(related('within', equals('name', 'Room 1'))),
  fc.constant(related('samples', equals('grade', 'a'))),
)

const sampleCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: -1, max: 16 }).map((n) => compare('value', 'gt', n)),
    fc.boolean().map((good) => equals('good', good)),
    fc.constantFrom('a', 'b').map((grade) => equals('grade', grade)),
    fc.constantFrom('ä', 'B', '3').map((part) => compare('name', 'icontains', part)),
    fc
      .tuple(fc.constantFrom('room', 'steps', 'tags'), roomCondition)
      .map(([field, where]) => related(field, where)),
    tie('condition').map((of): Condition => ({ kind: 'not', of })),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('condition'), { maxLength: 3 }))
      .map(([kind, of]): Condition => ({ kind, of })),
  ),
})).condition

const order = fc.constantFrom(
  'id',
  '-id',
  'name',
  '-name',
  'value',
  '-good',
  'good',
  'seenOn',
  '-seenAt',
  'count',
  'price',
  'room.name',
  '-room.within.name',
  'grade',
)

/** Something that each lookup and kind of field may be asked. */
const OPERANDS: readonly (Scalar | readonly Scalar[])[] = [
  'x',
  '1',
  1,
  1.5,
  1e300,
  true,
  null,
  new Date(0),
  ['a', 'b'],
  [1, 2],
  [],
  'a\0b',
  '\ud800',
  '[',
  12,
  9999,
  0,
]

forEachDatabase('lists of records', RECORD_TEST_MIGRATIONS, (open) => {
  let filled: Promise<Context> | undefined
  async function setUp(): Promise<Context> {
    filled ??= open().then(async (database) => {
      const ctx = makeRecordContext(database)
      await fill(ctx)
      return ctx
    })
    return filled
  }

  it('answers a planned query as an unplanned one, ids and order, whatever is asked', async () => {
    const ctx = await setUp()
    const settings = { catalogue: ctx.catalogue, kind: ctx.database.kind, zone: ctx.zone }
    await fc.assert(
      fc.asyncProperty(sampleCondition, order, fc.boolean(), async (where, sorted, byDefault) => {
        const query: Query = { where, order: byDefault ? [] : [parseOrder(sorted)], limit: 100, offset: 0 }
        const access = await planAccess(ctx.db, settings, sampleRecord, query)
        const plans = [
          undefined,
          access,
          { ...access, narrow: !access.narrow },
          { ...access, byId: !access.byId },
          { ...access, broad: new Set(relatedIn(where)), resolved: new Map() },
        ]
        const [plain, ...planned] = await Promise.all(
          plans.map(async (plan) => {
            const { page, total } = compileQuery(
              plan ? { ...settings, access: plan } : settings,
              sampleRecord,
              query,
            )
            const [rows, counted] = [await page.execute(ctx.db), await total.execute(ctx.db)]
            return { ids: rows.rows.map(({ id }) => id), total: counted.rows[0]?.total }
          }),
        )
        expect(plain?.total).toBe(plain?.ids.length)
        for (const answer of planned) expect(answer).toEqual(plain)
      }),
      { numRuns: 120, seed: 7 },
    )
  })

  it('looks few referenced rows up by their ids, walks past many, and notices when hardly any match', async () => {
    const ctx = await setUp()
    const settings = { catalogue: ctx.catalogue, kind: ctx.database.kind, zone: ctx.zone }
    const [few, many, none] = [equals('name', 'Room 2'), equals('open', true), equals('name', 'Nowhere')].map(
      (where) => related('room', where),
    )
    const plan = (
      where: Condition | undefined,
      record: RecordType = sampleRecord,
      sorted: string | undefined = '-seenAt',
    ) =>
      planAccess(ctx.db, settings, record, {
        where: where ?? EVERYTHING,
        order: sorted ? [parseOrder(sorted)] : [],
      })
    const narrow = await plan(few)
    expect([...narrow.resolved.values()].map((ids) => ids.length)).toEqual([1])
    expect(narrow).toMatchObject({ broad: new Set(), byId: false, narrow: false })
    expect(await plan(many)).toMatchObject({ broad: new Set([many]), resolved: new Map(), narrow: false })
    expect(await plan(none)).toMatchObject({ resolved: new Map([[none, []]]), narrow: true })
    expect(await plan(EVERYTHING, sampleRecord, 'id')).toMatchObject({ byId: true })
    expect(await plan(related('within', equals('open', true)), roomRecord)).toMatchObject({
      broad: new Set(),
      resolved: new Map(),
    })
  })

  it('refuses what a field cannot be asked and fails at nothing, for every kind and lookup', async () => {
    const ctx = await setUp()
    const failures: string[] = []
    for (const field of Object.keys(queryFields(sampleRecord))) {
      for (const lookup of LOOKUPS) {
        for (const value of OPERANDS) {
          const query: Query = { where: compare(field, lookup, value), order: [], limit: 1, offset: 0 }
          await listRecords(ctx, sampleRecord, query).catch((error: unknown) => {
            if (!(error instanceof RefusedError))
              failures.push(`${field} ${lookup} ${String(value)}: ${String(error)}`)
          })
        }
      }
    }
    expect(failures).toEqual([])
  })

  it('orders by every column and refuses what is none', async () => {
    const ctx = await setUp()
    const outcomes = await Promise.all(
      [
        ...Object.keys(queryFields(sampleRecord)),
        'room.samples',
        'nothing',
        '',
        'constructor',
        'room.',
        'name.x',
      ].map(async (path) => {
        const query: Query = { where: EVERYTHING, order: [parseOrder(path)], limit: 2, offset: 0 }
        const outcome = await listRecords(ctx, sampleRecord, query).then(
          () => 'answered',
          (error: unknown) => (error instanceof RefusedError ? 'refused' : String(error)),
        )
        return [path, outcome] as const
      }),
    )
    expect(outcomes.filter(([, outcome]) => outcome !== 'answered')).toEqual(
      ['shape', 'steps', 'tags', 'room.samples', 'nothing', '', 'constructor', 'room.', 'name.x'].map(
        (path) => [path, 'refused'],
      ),
    )
  })

  it('refuses an order through more references than anybody means', async () => {
    const ctx = await setUp()
    const path = [...Array.from({ length: 200 }, () => 'within'), 'name']
    const query: Query = { where: EVERYTHING, order: [{ path, direction: 'asc' }], limit: 2, offset: 0 }
    await expect(listRecords(ctx, roomRecord, query)).rejects.toBeInstanceOf(RefusedError)
  })

  it('refuses more conditions than anybody writes', async () => {
    const ctx = await setUp()
    const where = all(...Array.from({ length: 3000 }, () => equals('name', 'x')))
    await expect(
      listRecords(ctx, roomRecord, { where, order: [], limit: 2, offset: 0 }),
    ).rejects.toBeInstanceOf(RefusedError)
  })

  it('finds rows without any row of a to-many relation', async () => {
    const ctx = await setUp()
    const without = (missing: boolean) =>
      listRecords(ctx, sampleRecord, {
        where: compare('tags', 'isnull', missing),
        order: [],
        limit: 100,
        offset: 0,
      })
    expect((await without(true)).rows.map((row) => row.tags)).toEqual(
      Array.from({ length: SAMPLES / 5 }, () => []),
    )
    expect((await without(false)).total).toBe(SAMPLES - SAMPLES / 5)
  })

  it('sends as many statements for one row as for all', async () => {
    const ctx = await setUp()
    const sent = async (limit: number) => {
      const counted = countingStatements(ctx)
      const { rows } = await listRecords(counted.ctx, sampleRecord, {
        where: EVERYTHING,
        order: [],
        limit,
        offset: 0,
      })
      expect(rows).toHaveLength(limit)
      return counted.count()
    }
    // page, total, and one for each of the two relations
    expect([await sent(1), await sent(60)]).toEqual([4, 4])
  })

  it('finds rows by id in the order of the ids, leaving out what is not there', async () => {
    const ctx = await setUp()
    const found = await findRecords(ctx, roomRecord, [5, 1_000_000, 2, 5])
    expect(found.map(({ id }) => id)).toEqual([5, 2, 5])
    expect(await findRecords(ctx, roomRecord, [])).toEqual([])
  })

  it('labels any number of rows', async () => {
    const ctx = await setUp()
    const ids = Array.from({ length: 70_000 }, (_, index) => index + 1)
    const labels = await findLabels(ctx, roomRecord, ids)
    expect([labels.size, labels.get(3)]).toEqual([ROOMS, 'Room 3'])
  })
})

/** Conditions on `room` that a plan may take for broad. */
function relatedIn(where: Condition): Condition[] {
  if (where.kind === 'related') return where.field === 'room' ? [where] : []
  return where.kind === 'all' ? where.of.flatMap(relatedIn) : []
}
