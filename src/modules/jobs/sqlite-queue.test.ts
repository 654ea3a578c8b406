import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { type Context, inTransaction } from '../../context.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { openTestDatabase } from '../../platform/database/testing.ts'
import { findJobRuns } from './find-job-runs.ts'
import { type Job, type JobQueue, retryDelayS } from './job.ts'
import { createSqliteQueue } from './sqlite-queue.ts'
import { createJobs } from './store/migrations/0001-create.ts'
import { claimJob } from './store/queue.ts'
import type { JobTables } from './store/tables.ts'

const START = new Date('2026-11-21T07:42:30Z')

describe('SQLite queue', () => {
  let handle: DatabaseHandle
  let ctx: Context
  let at: number
  const queues: JobQueue[] = []

  beforeEach(async () => {
    handle = await openTestDatabase('sqlite', [createJobs])
    at = START.getTime()
    ctx = makeContext(handle, { now: () => new Date(at), zone: 'UTC' })
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })
  afterEach(async () => {
    vi.useRealTimers()
    await Promise.all(queues.splice(0).map((queue) => queue.stop()))
    await handle.close()
  })

  async function startQueue(jobs: readonly Job[]): Promise<JobQueue> {
    const queue = createSqliteQueue(ctx, jobs, (error) => expect.unreachable(String(error)))
    await queue.start()
    queues.push(queue)
    return queue
  }

  const waiting = () => handle.db.withTables<JobTables>().selectFrom('jobs_queue').selectAll().execute()
  const runs = () => handle.db.withTables<JobTables>().selectFrom('jobs_run').selectAll().execute()

  /** Lets the queue look for work at an instant, and waits until the table is as expected. */
  async function lookAt(instant: number, settled: () => Promise<boolean>): Promise<void> {
    at = instant
    vi.advanceTimersByTime(1000)
    await vi.waitUntil(settled, { timeout: 10_000, interval: 5 })
  }

  it('tries again after growing pauses and gives up in the end, keeping the reason', async () => {
    const tried: number[] = []
    const job: Job = {
      kind: 'test.fail',
      title: 'Fail',
      retryLimit: 3,
      run: async () => {
        tried.push((at - START.getTime()) / 1000)
        throw new Error('the printer is on fire')
      },
    }
    const queue = await startQueue([job])
    await inTransaction(ctx, (tx) => queue.enqueue(tx, 'test.fail', null, { key: 'k' }))
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await lookAt(at, async () => (await waiting())[0]?.state === 'waiting' && tried.length === attempt)
      const [row] = await waiting()
      const due = Date.parse(String(row?.run_at))
      expect(due - at).toBe(retryDelayS(attempt) * 1000)
      // a moment too early nothing happens
      at = due - 1
      vi.advanceTimersByTime(1000)
      at = due
    }
    await lookAt(at, async () => (await waiting())[0]?.state === 'failed')
    expect(tried).toEqual([0, 10, 50, 140])
    const [failed] = await waiting()
    expect(failed).toMatchObject({ attempts: 4, state: 'failed' })
    expect(failed?.problem).toContain('the printer is on fire')
    expect((await runs()).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'failed'])
  })

  it('runs a cron job once at its time, and once for all the times it missed', async () => {
    const ran: number[] = []
    const job: Job = {
      kind: 'test.hourly',
      title: 'Hourly',
      schedule: { cron: '0 * * * *' },
      run: async () => void ran.push(at),
    }
    const schedules = () =>
      handle.db.withTables<JobTables>().selectFrom('jobs_schedule').selectAll().execute()
    const first = await startQueue([job])
    const eight = Date.parse('2026-11-21T08:00:00Z')
    await lookAt(at, async () => (await schedules()).length === 1)
    expect(ran).toEqual([])
    await lookAt(eight, async () => (await runs()).length === 1 && (await waiting()).length === 0)
    await first.stop()
    const monday = Date.parse('2026-11-23T10:30:00Z')
    await startQueue([job])
    await lookAt(monday, async () => (await runs()).length === 2 && (await waiting()).length === 0)
    expect(ran).toEqual([eight, monday])
    expect((await schedules())[0]?.next_run_at).toBe('2026-11-23T11:00:00.000Z')
  })

  it('works again on what a killed process had begun', async () => {
    const seen: unknown[] = []
    const job: Job = { kind: 'test.note', title: 'Note', run: async (_ctx, data) => void seen.push(data) }
    const killed = createSqliteQueue(ctx, [job], (error) => expect.unreachable(String(error)))
    await inTransaction(ctx, (tx) => killed.enqueue(tx, 'test.note', { n: 1 }))
    expect(await claimJob(handle.db, ctx.now())).toMatchObject({ kind: 'test.note' })
    await startQueue([job])
    await lookAt(at, async () => (await waiting()).length === 0 && seen.length === 1)
    expect(seen).toEqual([{ n: 1 }])
  })

  it('puts aside what no job is called, and refuses to take it', async () => {
    const known: Job = { kind: 'test.known', title: 'Known', run: async () => undefined }
    const gone: Job = { kind: 'test.gone', title: 'Gone', run: async () => undefined }
    const before = createSqliteQueue(ctx, [known, gone], (error) => expect.unreachable(String(error)))
    await inTransaction(ctx, (tx) => before.enqueue(tx, 'test.gone', null))
    const queue = await startQueue([known])
    await lookAt(at, async () => (await waiting())[0]?.state === 'failed')
    expect((await waiting())[0]?.problem).toBe('no job is called test.gone')
    await expect(inTransaction(ctx, async (tx) => queue.enqueue(tx, 'test.gone', null))).rejects.toThrow(
      'no job is called',
    )
  })

  it('shows the latest runs of a rare job beside a frequent one, and when it runs next', async () => {
    const rare: Job = {
      kind: 'test.rare',
      title: 'Rare',
      schedule: { cron: '0 3 * * *' },
      run: async () => undefined,
    }
    const often: Job = { kind: 'test.often', title: 'Often', run: async () => undefined }
    const row = (kind: string) => ({
      kind,
      started_at: START.toISOString(),
      finished_at: START.toISOString(),
      outcome: 'done' as const,
      problem: null,
    })
    const insert = (kind: string, count: number) =>
      handle.db
        .withTables<JobTables>()
        .insertInto('jobs_run')
        .values(Array.from({ length: count }, () => row(kind)))
        .execute()
    await insert('test.rare', 1)
    await insert('test.often', 300)
    const overview = await findJobRuns(ctx, [rare, often])
    expect(overview.map(({ kind, lastRuns }) => [kind, lastRuns.length])).toEqual([
      ['test.rare', 1],
      ['test.often', 20],
    ])
    expect(overview.map(({ nextRunAt }) => nextRunAt)).toEqual([new Date('2026-11-22T03:00:00Z'), null])
  })
})

it('pauses 10, 40, 90 seconds and at most an hour', () => {
  expect([1, 2, 3, 19, 100].map(retryDelayS)).toEqual([10, 40, 90, 3600, 3600])
})
