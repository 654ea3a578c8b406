import { expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { type Context, inTransaction } from '../../context.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { forEachDatabase, makeTestDatabase } from '../../platform/database/testing.ts'
import { findJobRuns } from './find-job-runs.ts'
import type { Job, JobQueue } from './job.ts'
import { createPgBossQueue } from './pg-boss-queue.ts'
import { createSqliteQueue } from './sqlite-queue.ts'
import { createJobs } from './store/migrations/0001-create.ts'

forEachDatabase('job queue', [createJobs], (_open, kind) => {
  async function withQueue(
    jobs: readonly Job[],
    use: (queue: JobQueue, ctx: Context) => Promise<void>,
  ): Promise<void> {
    const config = await makeTestDatabase(kind, [createJobs])
    const handle = await openDatabase(config)
    const ctx = makeContext(handle)
    const queue =
      config.kind === 'postgres'
        ? createPgBossQueue(ctx, config.url, jobs, (error) => expect.unreachable(String(error)))
        : createSqliteQueue(ctx, jobs, (error) => expect.unreachable(String(error)))
    await queue.start()
    try {
      await use(queue, ctx)
    } finally {
      await queue.stop()
      await handle.close()
    }
  }

  it('runs what committed, once, with its data, and forgets what was rolled back', async () => {
    const seen: unknown[] = []
    const done = Promise.withResolvers<void>()
    const job: Job = {
      kind: 'test.note',
      title: 'Note',
      run: async (_ctx, data) => {
        seen.push(data)
        if (data === 'last') done.resolve()
      },
    }
    await withQueue([job], async (queue, ctx) => {
      const rolledBack = inTransaction(ctx, async (tx) => {
        await queue.enqueue(tx, 'test.note', 'never')
        throw new Error('changed my mind')
      })
      await expect(rolledBack).rejects.toThrow('changed my mind')
      await inTransaction(ctx, async (tx) => {
        await queue.enqueue(tx, 'test.note', { n: 1 }, { key: 'same' })
        await queue.enqueue(tx, 'test.note', { n: 2 }, { key: 'same' })
        await queue.enqueue(tx, 'test.note', { n: 3 })
      })
      await inTransaction(ctx, (tx) =>
        queue.enqueue(tx, 'test.note', 'last', { runAt: new Date(Date.now() + 500) }),
      )
      await done.promise
    })
    expect(seen).toEqual(expect.arrayContaining([{ n: 1 }, { n: 3 }, 'last']))
    expect(seen).toHaveLength(3)
  })

  it('logs a failure with its reason', async () => {
    const failed = Promise.withResolvers<void>()
    const job: Job = {
      kind: 'test.fail',
      title: 'Fail',
      retryLimit: 0,
      run: async () => {
        failed.resolve()
        throw new Error('the printer is on fire')
      },
    }
    await withQueue([job], async (queue, ctx) => {
      await inTransaction(ctx, (tx) => queue.enqueue(tx, 'test.fail', null))
      await failed.promise
      await queue.stop()
      const [overview] = await findJobRuns(ctx, [job])
      expect(overview?.lastRuns[0]).toMatchObject({ kind: 'test.fail', outcome: 'failed' })
      expect(overview?.lastRuns[0]?.problem).toContain('the printer is on fire')
    })
  })

  it('waits for the running job when it stops', async () => {
    const started = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    let ended = false
    const job: Job = {
      kind: 'test.slow',
      title: 'Slow',
      run: async () => {
        started.resolve()
        await release.promise
        ended = true
      },
    }
    await withQueue([job], async (queue, ctx) => {
      await inTransaction(ctx, (tx) => queue.enqueue(tx, 'test.slow', null))
      await started.promise
      const stopping = queue.stop()
      release.resolve()
      await stopping
      expect(ended).toBe(true)
    })
  })
})
