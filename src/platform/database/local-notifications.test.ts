import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Database } from './database.ts'
import { integer, key, type Migration } from './schema-builder.ts'
import { forEachDatabase } from './testing.ts'

const news: Migration = {
  id: 'notifications-0001',
  up: (schema) => schema.createTable('news', { id: key(), value: integer() }),
}

async function values(db: Database): Promise<number[]> {
  const { rows } = await sql<{ value: number }>`select value from news`.execute(db)
  return rows.map(({ value }) => value)
}

forEachDatabase('a notification', [news], (open, kind) => {
  it('reaches every listener of its channel until it stops', async () => {
    const { listen, notify } = await open('fresh')
    const heard: string[] = []
    const last = Promise.withResolvers<void>()
    const stop = await listen('samples', (id) => heard.push(`first ${id}`))
    await listen('samples', (id) => {
      heard.push(`second ${id}`)
      if (id === '3') last.resolve()
    })
    await listen('others', (id) => heard.push(`other ${id}`))
    await notify('samples', '1')
    await notify('others', '2')
    await expect.poll(() => heard.toSorted()).toStrictEqual(['first 1', 'other 2', 'second 1'])
    await stop()
    await notify('samples', '3')
    await last.promise
    expect(heard).not.toContain('first 3')
  })

  it('is sent when the transaction has committed, never when it has not', async () => {
    const handle = await open('fresh')
    const heard = Promise.withResolvers<{ id: string; rows: number[] }>()
    await handle.listen('samples', (id) => {
      values(handle.db).then((rows) => heard.resolve({ id, rows }), heard.reject)
    })
    const rolledBack = handle.transaction(async () => {
      await handle.notify('samples', 'rolled back')
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await handle.transaction(async (tx) => {
      await handle.notify('samples', 'committed')
      await sql`insert into news (value) values (7)`.execute(tx)
    })
    expect(await heard.promise).toStrictEqual({ id: 'committed', rows: [7] })
  })

  it('carries little, on a plainly named channel', async () => {
    const { listen, notify } = await open()
    await expect(notify('samples', 'x'.repeat(8000))).rejects.toThrow(TypeError)
    await expect(notify('no"pe', '1')).rejects.toThrow(TypeError)
    await expect(listen('No', () => undefined)).rejects.toThrow(TypeError)
  })

  it.runIf(kind === 'postgres')('is heard again after the connection broke', async () => {
    const { db, listen, notify } = await open('fresh')
    const heard: string[] = []
    await listen('samples', (id) => heard.push(id))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'listen%'`.execute(db)
    await expect
      .poll(
        async () => {
          await notify('samples', 'again')
          return heard.length
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(0)
  })
})
