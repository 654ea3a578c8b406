import { expect, it } from 'vitest'
import { forEachDatabase } from '../../platform/database/testing.ts'
import type { Job } from '../jobs/job.ts'
import { runJob } from '../jobs/run-job.ts'
import { failedJobsSource } from './failed-jobs.ts'
import { findForYou } from './find-for-you.ts'
import { asNewUser, makeWorkspaceContext, WORKSPACE_TEST_MIGRATIONS } from './testing.ts'

forEachDatabase('for you', WORKSPACE_TEST_MIGRATIONS, (open) => {
  it('shows administrators of jobs what failed last, until it works again', async () => {
    const ctx = makeWorkspaceContext(await open('fresh'))
    let fails = true
    const job: Job = {
      kind: 'test.print',
      title: 'Print',
      run: async () => {
        if (fails) throw new Error('out of paper\nand more')
      },
    }
    const sources = [failedJobsSource([job])]
    const administrator = await asNewUser(ctx, 'jobs.job.view')
    await runJob(ctx, job, null)
    expect(await findForYou(administrator, sources)).toMatchObject([
      {
        kind: 'Failed job',
        token: 'act',
        title: 'Print',
        detail: 'Error: out of paper',
        path: '/app/admin/jobs?kind=test.print',
      },
    ])
    expect(await findForYou(await asNewUser(ctx), sources)).toEqual([])
    fails = false
    await runJob(ctx, job, null)
    expect(await findForYou(administrator, sources)).toEqual([])
  })

  it('is nothing for whoever is not signed in', async () => {
    const ctx = makeWorkspaceContext(await open())
    await expect(findForYou({ ...ctx, actor: { kind: 'anonymous' } }, [])).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
  })
})
