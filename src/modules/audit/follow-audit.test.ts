import { expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { followAudit } from './follow-audit.ts'
import { recordAudit } from './record-audit.ts'
import { sealAudit } from './seal-audit.ts'
import { createAudit } from './store/migrations/0001-create.ts'
import { createAuditFollowers } from './store/migrations/0002-followers.ts'

forEachDatabase('following the audit trail', [createAudit, createAuditFollowers], (open) => {
  async function prepare() {
    const ctx = makeContext(await open('fresh'))
    const told: string[] = []
    const record = (action: string, id: number) =>
      recordAudit(ctx, { action, record: 'test.sample', recordId: id })
    const follow = (fail = false) =>
      followAudit(ctx, 'test', ['test.sample.move'], async (_tx, entries) => {
        if (fail) throw new Error('killed')
        told.push(...entries.map(({ recordId }) => recordId))
      })
    return { ctx, told, record, follow }
  }

  it('hands over what happens from the first call on, each entry once', async () => {
    const { ctx, told, record, follow } = await prepare()
    await record('test.sample.move', 1)
    expect(await follow()).toBe(0)
    await sealAudit(ctx.database)
    await record('test.sample.move', 2)
    await record('test.sample.rename', 3)
    expect(await follow()).toBe(0)
    await sealAudit(ctx.database)
    await Promise.all([follow(), follow()])
    await follow()
    expect(told).toEqual(['2'])
  })

  it('hands over again what somebody died over', async () => {
    const { ctx, told, record, follow } = await prepare()
    await follow()
    await record('test.sample.move', 1)
    await sealAudit(ctx.database)
    await expect(follow(true)).rejects.toThrow('killed')
    await follow()
    await follow()
    expect(told).toEqual(['1'])
  })

  it('gets through more than one batch, in order', async () => {
    const { ctx, told, record, follow } = await prepare()
    await follow()
    const ids = Array.from({ length: 450 }, (_, index) => index + 1)
    for (const id of ids) await record(id % 3 === 0 ? 'test.sample.rename' : 'test.sample.move', id)
    await sealAudit(ctx.database)
    expect(await follow()).toBe(300)
    expect(told).toEqual(ids.filter((id) => id % 3 !== 0).map(String))
  })
})
