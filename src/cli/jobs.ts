import { asSystem } from '../context.ts'
import { jobsOf } from '../declared-jobs.ts'
import { findJobRuns, type JobOverview } from '../modules/jobs/find-job-runs.ts'
import { openSite } from '../site.ts'
import type { Command } from './command.ts'

export const jobs: Command = {
  name: 'jobs',
  usage: 'jobs [--json]',
  help: 'list background work with its latest runs',
  mostWords: 0,
  options: { json: { type: 'boolean' } },
  run: async ({ config, options }) => {
    const site = await openSite(config)
    try {
      const found = await findJobRuns(asSystem(site.base, 'command line'), jobsOf(site))
      if (options.json === true) console.log(JSON.stringify(found, null, 2))
      else for (const line of linesOf(found)) console.log(line)
      return 0
    } finally {
      await site.close()
    }
  },
}

const RUNS_SHOWN = 3

function linesOf(found: readonly JobOverview[]): string[] {
  return found.flatMap(({ kind, title, schedule, lastRuns }) => [
    `${kind.padEnd(34)} ${schedule.padEnd(16)} ${title}`,
    ...lastRuns.slice(0, RUNS_SHOWN).map(({ startedAt, outcome, problem }) => {
      const reason = problem === null ? '' : ` ${problem.split('\n', 1)[0]}`
      return `    ${startedAt.toISOString()} ${outcome ?? 'running'}${reason}`
    }),
  ])
}
