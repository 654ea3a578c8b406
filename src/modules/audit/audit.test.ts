import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { type Context, inTransaction } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { forEachDatabase, makeTestDatabase } from '../../platform/database/testing.ts'
import { findHistory } from './find-history.ts'
import { recordAudit } from './record-audit.ts'
import { sealAudit } from './seal-audit.ts'
import { createAudit } from './store/migrations/0001-create.ts'
import type { AuditTables } from './store/tables.ts'
import { verifyAudit } from './verify-audit.ts'

const AT = new Date('2026-11-21T07:42:00.123Z')

function write(
  ctx: Context,
  recordId: number,
  parts: { before?: unknown; after?: unknown; reason?: string } = {},
) {
  return inTransaction(ctx, (tx) =>
    recordAudit(tx, { action: 'test.thing.change', record: 'test.thing', recordId, ...parts }),
  )
}

async function writeMany({ db }: DatabaseHandle, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => ({
    at: AT.toISOString(),
    actor_id: null,
    actor_name: 'test',
    credential: 'system',
    address: null,
    request_id: 'r',
    action: 'test.thing.add',
    record: 'test.thing',
    record_id: String(index),
    before: null,
    after: JSON.stringify({ n: index }),
    reason: null,
    position: null,
    hash: null,
  }))
  await insertMany(db.withTables<AuditTables>(), 'audit_entry', rows)
}

const nothing = () => undefined

forEachDatabase('audit trail', [createAudit], (open, kind) => {
  async function setUp(entries = 0) {
    const handle = await open('fresh')
    const ctx = makeContext(handle, { now: () => AT })
    for (let n = 1; n <= entries; n += 1) await write(ctx, n, { after: { n } })
    return { handle, ctx, run: (statement: string) => sql.raw(statement).execute(handle.db) }
  }

  it('keeps an entry only with the change it belongs to', async () => {
    const { handle, ctx } = await setUp()
    const failing = inTransaction(ctx, async (tx) => {
      await recordAudit(tx, { action: 'test.thing.add', record: 'test.thing', recordId: 1 })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await verifyAudit(handle.db, nothing)).toEqual({ kind: 'whole', links: 0, unsealed: 0 })
  })

  it('chains what is committed in batches, once', async () => {
    const { handle } = await setUp()
    await writeMany(handle, 1203)
    expect(await verifyAudit(handle.db, nothing)).toEqual({ kind: 'whole', links: 0, unsealed: 1203 })
    const sealed = [
      await sealAudit(handle),
      await sealAudit(handle),
      await sealAudit(handle),
      await sealAudit(handle),
    ]
    expect(sealed).toEqual([500, 500, 203, 0])
    expect(await verifyAudit(handle.db, nothing)).toEqual({ kind: 'whole', links: 1203, unsealed: 0 })
  })

  it('makes one chain when two servers seal at once', async () => {
    const config = await makeTestDatabase(kind, [createAudit])
    const servers = [await openDatabase(config), await openDatabase(config)]
    const [first] = servers
    if (!first) throw new Error('no server')
    await writeMany(first, 900)
    const sealAll = async (handle: DatabaseHandle) => {
      while ((await sealAudit(handle)) > 0);
    }
    await Promise.all(servers.map(sealAll))
    const verdict = await verifyAudit(first.db, nothing)
    await Promise.all(servers.map((handle) => handle.close()))
    expect(verdict).toEqual({ kind: 'whole', links: 900, unsealed: 0 })
  })

  const fields = {
    at: "at = '2026-11-21T07:42:00.124Z'",
    actor: 'actor_id = 1',
    name: "actor_name = 'somebody'",
    credential: "credential = 'token'",
    address: "address = '192.0.2.1'",
    request: "request_id = 'x'",
    action: "action = 'x'",
    record: "record = 'x'",
    'record id': "record_id = 'x'",
    before: "before = '{}'",
    after: 'after = \'{"n": 3}\'',
    reason: "reason = ''",
    hash: "hash = 'x'",
  }
  it.each(Object.entries(fields))('finds an altered %s', async (_name, change) => {
    const { handle, run } = await setUp(5)
    await sealAudit(handle)
    await run(`update audit_entry set ${change} where position = 3`)
    expect(await verifyAudit(handle.db, nothing)).toMatchObject({
      kind: 'broken',
      position: 3,
      sequence: 3,
      reason: 'this entry was altered',
    })
  })

  it('finds a deleted entry, two that changed places, and one that was taken out of the chain', async () => {
    const damages = {
      'delete from audit_entry where position = 2': {
        position: 2,
        sequence: 3,
        reason: 'an entry is missing before this one',
      },
      'delete from audit_entry where position = 1': {
        position: 1,
        sequence: 2,
        reason: 'an entry is missing before this one',
      },
      'update audit_entry set position = -position where position in (2, 3); update audit_entry set position = 5 + position where position < 0':
        { position: 2, sequence: 3, reason: 'this entry was altered' },
      'update audit_entry set position = null, hash = null where position = 2': {
        position: 2,
        sequence: 3,
        reason: 'an entry is missing before this one',
        unsealed: 1,
      },
    }
    for (const [damage, found] of Object.entries(damages)) {
      const { handle, run } = await setUp(5)
      await sealAudit(handle)
      for (const statement of damage.split('; ')) await run(statement)
      expect(await verifyAudit(handle.db, nothing)).toMatchObject({ kind: 'broken', ...found })
    }
  })

  it('counts the links, so that a chain that lost its end is shorter than what was written down elsewhere', async () => {
    const { handle, run } = await setUp(5)
    await sealAudit(handle)
    await run('delete from audit_entry where position > 3')
    expect(await verifyAudit(handle.db, nothing)).toEqual({ kind: 'whole', links: 3, unsealed: 0 })
  })

  it('computes ten thousand links again a batch at a time', async () => {
    const { handle } = await setUp()
    await writeMany(handle, 10_000)
    while ((await sealAudit(handle)) > 0);
    const seen: number[] = []
    expect(await verifyAudit(handle.db, (links) => seen.push(links))).toEqual({
      kind: 'whole',
      links: 10_000,
      unsealed: 0,
    })
    const steps = seen.map((links, index) => links - (seen[index - 1] ?? 0))
    expect(Math.max(...steps)).toBeLessThanOrEqual(1000)
  })

  it('tells what changed, newest first, a page at a time', async () => {
    const { ctx } = await setUp()
    const first = { id: 1, version: 1, name: 'a', tags: [1], since: AT, modifiedAt: AT }
    await write(ctx, 1, { after: first })
    await write(ctx, 1, {
      before: first,
      after: { ...first, version: 2, name: null, tags: [1, 2], modifiedAt: 'later' },
      reason: 'why',
    })
    await write(ctx, 2, { after: {} })
    const history = await findHistory(ctx, 'test.thing', 1, { limit: 10, offset: 0 })
    const common = { at: AT, actor: { id: null, name: 'test' }, action: 'test.thing.change' }
    expect(history).toEqual([
      {
        ...common,
        reason: 'why',
        changes: [
          { field: 'name', before: 'a', after: null },
          { field: 'tags', before: [1], after: [1, 2] },
        ],
      },
      {
        ...common,
        reason: null,
        changes: [
          { field: 'name', before: null, after: 'a' },
          { field: 'tags', before: null, after: [1] },
          { field: 'since', before: null, after: AT.toISOString() },
        ],
      },
    ])
    expect(await findHistory(ctx, 'test.thing', 1, { limit: 1, offset: 1 })).toEqual(history.slice(1))
  })
})
