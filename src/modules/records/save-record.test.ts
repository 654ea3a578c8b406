import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Context, RecordHook } from '../../context.ts'
import { EVERYTHING } from '../../core/query.ts'
import { RefusedError } from '../../core/refusal.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { getRecord } from './get-record.ts'
import { listRecords } from './list-records.ts'
import { removeRecord, retireRecord } from './retire-record.ts'
import { changeRecord, createRecord } from './save-record.ts'
import {
  makeRecordContext,
  RECORD_TEST_MIGRATIONS,
  roomRecord,
  sampleRecord,
  withPermissions,
} from './testing.ts'

let made = 0

function room(ctx: Context, parts: Readonly<Record<string, unknown>> = {}) {
  made += 1
  return createRecord(ctx, roomRecord, { name: `Room ${made}`, ...parts })
}

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RefusedError)) throw error ?? new Error('nothing was refused')
  return error.refusal
}

async function countOf(ctx: Context, table: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*) as total from ${sql.table(table)}`.execute(
    ctx.database.db,
  )
  return rows[0]?.total ?? 0
}

forEachDatabase('generic verbs', RECORD_TEST_MIGRATIONS, (open) => {
  async function setUp() {
    return makeRecordContext(await open())
  }

  it('asks for the permission of each verb and changes nothing without it', async () => {
    const ctx = await setUp()
    const { id, version } = await room(ctx)
    const [rooms, entries] = [await countOf(ctx, 'test_room'), await countOf(ctx, 'audit_entry')]
    const nobody = withPermissions(ctx, [])
    const anonymous: Context = { ...ctx, actor: { kind: 'anonymous' } }
    const attempts: [string, (as: Context) => Promise<unknown>][] = [
      ['test.access', (as) => getRecord(as, roomRecord, id)],
      [
        'test.access',
        (as) => listRecords(as, roomRecord, { where: EVERYTHING, order: [], limit: 1, offset: 0 }),
      ],
      ['test.room.add', (as) => createRecord(as, roomRecord, { name: 'No' })],
      ['test.room.change', (as) => changeRecord(as, roomRecord, id, version, { name: 'No' })],
      ['test.room.retire', (as) => retireRecord(as, roomRecord, id, 'retire')],
      ['test.room.retire', (as) => removeRecord(as, roomRecord, id)],
    ]
    for (const [permission, attempt] of attempts) {
      // a verb may refuse before it promises anything
      const tried = (as: Context) => refusalOf((async () => attempt(as))())
      expect(await tried(nobody)).toEqual({ kind: 'not-permitted', permission })
      expect(await tried(anonymous)).toEqual({ kind: 'not-authenticated' })
    }
    expect([await countOf(ctx, 'test_room'), await countOf(ctx, 'audit_entry')]).toEqual([rooms, entries])
  })

  it('stores every kind of field and gives it back', async () => {
    const ctx = await setUp()
    const { id: place } = await room(ctx)
    const input = {
      name: 'Äpfel',
      mark: 'ABC',
      notes: 'line\nline',
      page: '<b>x</b>',
      program: 'x = 1',
      count: 0,
      value: 0.1,
      price: 12.5,
      good: false,
      seenOn: '2024-02-29',
      seenAt: '2026-11-21T07:42:00.5+01:00',
      lasts: 90,
      grade: 'a',
      tint: 'rgba(1,2,3,0.5)',
      repeats: 'RRULE:FREQ=DAILY',
      shape: { b: [1, null, 'x'], a: {} },
      room: place,
      steps: [place, place],
      tags: [place, place],
    }
    const row = await createRecord(ctx, sampleRecord, input)
    const stored = {
      ...input,
      id: row.id,
      version: 1,
      seenAt: new Date('2026-11-21T06:42:00.500Z'),
      tags: [place],
      made: null,
      retiredAt: null,
    }
    expect(row).toEqual(stored)
    expect(await getRecord(ctx, sampleRecord, row.id)).toEqual(stored)
  })

  it('lets one of two changes at once win and tells the other one what is stored now', async () => {
    const ctx = await setUp()
    const { id, version } = await room(ctx)
    const names = ['First of two', 'Second of two']
    const outcomes = await Promise.allSettled(
      names.map((name) => changeRecord(ctx, roomRecord, id, version, { name })),
    )
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [lost] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    const stored = await getRecord(ctx, roomRecord, id)
    expect(lost.refusal).toMatchObject({ kind: 'conflict', current: stored })
    expect(stored).toMatchObject({
      version: 2,
      name: names[outcomes.findIndex(({ status }) => status === 'fulfilled')],
    })
    const history = await findHistory(ctx, 'test.room', id, { limit: 10, offset: 0 })
    expect(history.map(({ action }) => action)).toEqual(['test.room.change', 'test.room.add'])
  })

  it.each([0, 2, -1, 1.5, 2 ** 31, 1e300])('takes version %s for outdated', async (version) => {
    const ctx = await setUp()
    const { id } = await room(ctx)
    expect(await refusalOf(changeRecord(ctx, roomRecord, id, version, { open: false }))).toMatchObject({
      kind: 'conflict',
      current: { id, version: 1 },
    })
  })

  it('refuses what is not unique, naming the field, and leaves nothing of it', async () => {
    const ctx = await setUp()
    const { name } = await room(ctx)
    const other = await room(ctx)
    const entries = await countOf(ctx, 'audit_entry')
    expect(await refusalOf(createRecord(ctx, roomRecord, { name }))).toMatchObject({
      kind: 'conflict',
      field: 'name',
    })
    expect(await refusalOf(changeRecord(ctx, roomRecord, other.id, 1, { name }))).toMatchObject({
      kind: 'conflict',
      field: 'name',
    })
    expect(await countOf(ctx, 'audit_entry')).toBe(entries)
  })

  it('knows nothing outside the scope of the actor: list, total, detail, change, retire, remove, reference', async () => {
    const ctx = await setUp()
    const { id: hidden } = await room(ctx, { open: false, name: `Hidden ${made}` })
    const as = withPermissions(ctx, [
      'test.access',
      'test.room.change',
      'test.room.retire',
      'test.sample.add',
      'test.sample.change',
    ])
    const gone = { kind: 'not-found', what: 'room', id: hidden }
    expect(await refusalOf(getRecord(as, roomRecord, hidden))).toEqual(gone)
    expect(await refusalOf(changeRecord(as, roomRecord, hidden, 1, { open: true }))).toEqual(gone)
    expect(await refusalOf(retireRecord(as, roomRecord, hidden, 'retire'))).toEqual(gone)
    expect(await refusalOf(removeRecord(as, roomRecord, hidden))).toEqual(gone)
    const query = {
      where: { kind: 'search', text: `Hidden ${made}` } as const,
      order: [],
      limit: 5,
      offset: 0,
    }
    expect(await listRecords(as, roomRecord, query)).toEqual({ rows: [], total: 0 })
    for (const input of [{ room: hidden }, { steps: [hidden] }, { tags: [hidden] }]) {
      const [field] = Object.keys(input)
      expect(await refusalOf(createRecord(as, sampleRecord, { name: 'x', ...input }))).toMatchObject({
        kind: 'invalid-input',
        problems: [{ field }],
      })
    }
  })

  it('keeps to-many relations in the order given, with repeats, and the links that stay', async () => {
    const ctx = await setUp()
    const [a, b, c] = [(await room(ctx)).id, (await room(ctx)).id, (await room(ctx)).id]
    const linksOf = async (id: number) =>
      (
        await sql<{ id: number; room_id: number }>`select id, room_id from test_step where sample_id = ${id}
          order by position`.execute(ctx.db)
      ).rows.map((row) => [row.id, row.room_id] as const)
    const sample = await createRecord(ctx, sampleRecord, { name: 'steps', steps: [a, b, a] })
    const before = await linksOf(sample.id)
    expect(before.map(([, target]) => target)).toEqual([a, b, a])
    const changed = await changeRecord(ctx, sampleRecord, sample.id, 1, { steps: [c, a, b] })
    expect(changed.steps).toEqual([c, a, b])
    const after = await linksOf(sample.id)
    expect(after.slice(1)).toEqual([before[0], before[1]])
    const untouched = await changeRecord(ctx, sampleRecord, sample.id, 2, { name: 'steps kept' })
    expect(untouched.steps).toEqual([c, a, b])
    expect((await changeRecord(ctx, sampleRecord, sample.id, 3, { steps: [] })).steps).toEqual([])
  })

  it('runs the hooks in their order, all but the first inside the transaction', async () => {
    const base = await setUp()
    const calls: unknown[] = []
    const hook: RecordHook = {
      check: async (ctx, values, before) =>
        void calls.push(['check', ctx.inTransaction, values.open, before?.version]),
      beforeSave: async (tx, values, before) => {
        calls.push(['beforeSave', tx.inTransaction, before?.version])
        return { ...values, name: String(values.name ?? before?.name).trim() }
      },
      afterSave: async (tx, after, before) =>
        void calls.push(['afterSave', tx.inTransaction, after?.version, before?.version]),
    }
    const ctx = { ...base, recordHooks: new Map([['test.room', hook]]) }
    const { id, name } = await room(ctx, { name: '  hooked  ' })
    expect(name).toBe('hooked')
    await changeRecord(ctx, roomRecord, id, 1, { open: false })
    await retireRecord(ctx, roomRecord, id, 'retire')
    await removeRecord(ctx, roomRecord, id)
    expect(calls).toEqual([
      ['check', false, true, undefined],
      ['beforeSave', true, undefined],
      ['afterSave', true, 1, undefined],
      ['check', false, false, 1],
      ['beforeSave', true, 1],
      ['afterSave', true, 2, 1],
      ['afterSave', true, 3, 2],
      ['afterSave', true, undefined, 3],
    ])
  })

  it('rolls back row, relations and audit entry when a hook refuses afterwards', async () => {
    const base = await setUp()
    const hook: RecordHook = { afterSave: () => Promise.reject(new Error('no')) }
    const ctx = { ...base, recordHooks: new Map([['test.sample', hook]]) }
    const { id } = await room(base)
    const counts = () =>
      Promise.all(['test_sample', 'test_step', 'audit_entry'].map((table) => countOf(base, table)))
    const before = await counts()
    await expect(createRecord(ctx, sampleRecord, { name: 'no', steps: [id] })).rejects.toThrow('no')
    expect(await counts()).toEqual(before)
  })

  it('writes down before and after, who, whence and why', async () => {
    const ctx = await setUp()
    const as = withPermissions(ctx, ['test.room.add', 'test.room.change'])
    const { id } = await createRecord(as, roomRecord, { name: `Audited ${made}` })
    await changeRecord(as, roomRecord, id, 1, { name: `Renamed ${made}` }, 'moved')
    const history = await findHistory(ctx, 'test.room', id, { limit: 1, offset: 0 })
    expect(history).toMatchObject([
      {
        action: 'test.room.change',
        actor: { id: 7, name: 'ada' },
        reason: 'moved',
        changes: [{ field: 'name', before: `Audited ${made}`, after: `Renamed ${made}` }],
      },
    ])
  })

  it('retires and restores once, and says so when somebody was quicker', async () => {
    const ctx = await setUp()
    const { id } = await room(ctx)
    const retired = await retireRecord(ctx, roomRecord, id, 'retire', 'old')
    expect(retired.retiredAt).toBeInstanceOf(Date)
    expect(await retireRecord(ctx, roomRecord, id, 'retire')).toEqual(retired)
    expect(await retireRecord(ctx, roomRecord, id, 'restore')).toMatchObject({ retiredAt: null, version: 3 })
    const both = await Promise.allSettled([
      retireRecord(ctx, roomRecord, id, 'retire'),
      changeRecord(ctx, roomRecord, id, 3, { open: false }),
    ])
    const done = both.filter(({ status }) => status === 'fulfilled').length
    const { version, retiredAt, open: isOpen } = await getRecord(ctx, roomRecord, id)
    // what was answered as done is done
    expect(version).toBe(3 + done)
    expect(retiredAt !== null).toBe(both[0]?.status === 'fulfilled')
    expect(isOpen).toBe(both[1]?.status !== 'fulfilled')
  })

  it('removes what nothing refers to, and names what does', async () => {
    const ctx = await setUp()
    const [used, stepped, tagged, free] = [await room(ctx), await room(ctx), await room(ctx), await room(ctx)]
    const sample = await createRecord(ctx, sampleRecord, {
      name: 'user',
      room: used.id,
      steps: [stepped.id],
      tags: [tagged.id],
    })
    for (const { id } of [used, stepped, tagged])
      expect(await refusalOf(removeRecord(ctx, roomRecord, id))).toMatchObject({ kind: 'conflict' })
    await removeRecord(ctx, roomRecord, free.id)
    expect(await refusalOf(getRecord(ctx, roomRecord, free.id))).toMatchObject({ kind: 'not-found' })
    await removeRecord(ctx, sampleRecord, sample.id)
    await removeRecord(ctx, roomRecord, stepped.id)
  })

  it('removes a row that refers only to itself', async () => {
    const ctx = await setUp()
    const { id } = await room(ctx)
    await changeRecord(ctx, roomRecord, id, 1, { within: id })
    await removeRecord(ctx, roomRecord, id)
    expect(await refusalOf(getRecord(ctx, roomRecord, id))).toMatchObject({ kind: 'not-found' })
  })
})
