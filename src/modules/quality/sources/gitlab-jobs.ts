import { distinctEntities, numberOf, wholeDays, wordsOf } from '../collector/findings.ts'
import { type JsonObject, objectsIn, requireText, textIn } from '../collector/json-values.ts'
import { chooseNames } from '../collector/patterns.ts'
import { readSourceDate } from '../collector/source-date.ts'
import type { SourceReader, SourceRequest } from '../collector/source-reader.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'
import { gitlabList, gitlabOf, gitlabPage, projectPath } from './gitlab-api.ts'

type Job = { readonly job: JsonObject; readonly days: number; readonly date: Date }

function jobOf(request: SourceRequest, job: JsonObject): Job {
  const text = textIn(job, 'finished_at') || requireText(job, 'created_at')
  const date = readSourceDate(text, request.ctx.zone)
  return { job, date, days: wholeDays(date, request.ctx.now()) }
}

/** Jobs, newest first, until a page has only older ones than asked for. */
async function findJobs(request: SourceRequest): Promise<readonly Job[]> {
  const gitlab = gitlabOf(request)
  const lookback = numberOf(request, 'lookback_days', 90)
  const isOld = (job: JsonObject) => jobOf(request, job).days > lookback
  const found = await gitlabList(request, gitlab, projectPath(gitlab.project, 'jobs'), (page) =>
    objectsIn(page).every(isOld),
  )
  const jobs = found.map((job) => jobOf(request, job)).filter(({ days }) => days <= lookback)
  const names = chooseNames(
    jobs.map(({ job }) => textIn(job, 'name')),
    { include: wordsOf(request, 'jobs_to_include'), exclude: wordsOf(request, 'jobs_to_ignore') },
  )
  const refs = chooseNames(
    jobs.map(({ job }) => textIn(job, 'ref')),
    { include: wordsOf(request, 'refs_to_include'), exclude: wordsOf(request, 'refs_to_ignore') },
  )
  return jobs.filter(({ job }) => names.has(textIn(job, 'name')) && refs.has(textIn(job, 'ref')))
}

/** The newest of each name, stage and branch. */
function newestJobs(jobs: readonly Job[]): readonly Job[] {
  const newest = new Map<string, Job>()
  for (const each of jobs.toSorted((a, b) => b.date.getTime() - a.date.getTime())) {
    const key = JSON.stringify(['name', 'stage', 'ref'].map((name) => textIn(each.job, name)))
    if (!newest.has(key)) newest.set(key, each)
  }
  return [...newest.values()]
}

function jobEntity({ job, date }: Job): Entity {
  return {
    key: requireText(job, 'id'),
    name: textIn(job, 'name'),
    url: textIn(job, 'web_url'),
    build_status: textIn(job, 'status'),
    build_result: textIn(job, 'status'),
    branch: textIn(job, 'ref'),
    stage: textIn(job, 'stage'),
    build_date: date.toISOString(),
  }
}

function jobReader(choose: (request: SourceRequest, jobs: readonly Job[]) => readonly Job[]): SourceReader {
  return async (request) => {
    const jobs = await findJobs(request)
    const entities = distinctEntities(choose(request, jobs).map(jobEntity))
    return {
      value: String(entities.length),
      total: String(jobs.length),
      entities,
      ...gitlabPage(gitlabOf(request), 'jobs'),
    }
  }
}

function statusIn(request: SourceRequest, key: string): (each: Job) => boolean {
  const wanted = selectedValues('gitlab', key, request.parameters)
  return ({ job }) => wanted.includes(textIn(job, 'status'))
}

export const readFailedJobs: SourceReader = jobReader((request, jobs) =>
  newestJobs(jobs).filter(statusIn(request, 'failure_type')),
)

export const readUnusedJobs: SourceReader = jobReader((request, jobs) => {
  const days = numberOf(request, 'inactive_job_days', 90)
  return newestJobs(jobs).filter((each) => each.days > days)
})

export const readJobRuns: SourceReader = jobReader((request, jobs) =>
  jobs.filter(statusIn(request, 'result_type')),
)

/** Deployments are the runs of the chosen jobs. */
export const readDeployments: SourceReader = jobReader((_request, jobs) => jobs)
