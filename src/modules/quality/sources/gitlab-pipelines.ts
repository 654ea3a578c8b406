import { askJson, settingOf } from '../collector/ask-api.ts'
import { distinctEntities, numberOf, wholeDays, wordsOf } from '../collector/findings.ts'
import { type JsonObject, objectIn, requireText, textIn } from '../collector/json-values.ts'
import { chooseNames } from '../collector/patterns.ts'
import { readSourceDate } from '../collector/source-date.ts'
import { SourceFailure, type SourceReader, type SourceRequest } from '../collector/source-reader.ts'
import type { Entity } from '../domain/entity.ts'
import { selectedValues } from '../domain/selected-values.ts'
import { gitlabList, gitlabOf, gitlabPage, projectPath } from './gitlab-api.ts'

const DAY_MS = 86_400_000
const MOST_SCHEDULES = 100

type Pipeline = {
  readonly pipeline: JsonObject
  readonly schedule: string
  readonly created: Date
  readonly updated: Date
}

/** Pipelines as filtered, newest first. */
export async function findPipelines(
  request: SourceRequest,
  lookbackDays: number,
): Promise<readonly Pipeline[]> {
  const gitlab = gitlabOf(request)
  const since = new Date(request.ctx.now().getTime() - lookbackDays * DAY_MS).toISOString().slice(0, 10)
  const [found, schedules] = await Promise.all([
    gitlabList(request, gitlab, projectPath(gitlab.project, `pipelines?updated_after=${since}`)),
    schedulesOf(request),
  ])
  const statuses = selectedValues('gitlab', 'pipeline_statuses_to_include', request.parameters)
  const triggers = selectedValues('gitlab', 'pipeline_triggers_to_include', request.parameters)
  const refs = chooseNames(
    found.map((pipeline) => textIn(pipeline, 'ref')),
    { include: request.metricType === 'source_up_to_dateness' ? [] : wordsOf(request, 'branches') },
  )
  const wanted = wordsOf(request, 'pipeline_schedules_to_include')
  const descriptions = chooseNames([...schedules.values()], { include: wanted })
  return found
    .filter(
      (pipeline) =>
        statuses.includes(textIn(pipeline, 'status')) && triggers.includes(textIn(pipeline, 'source')),
    )
    .filter((pipeline) => refs.has(textIn(pipeline, 'ref')))
    .map((pipeline) => pipelineOf(request, pipeline, schedules.get(textIn(pipeline, 'id')) ?? ''))
    .filter(({ schedule }) => wanted.length === 0 || (schedule !== '' && descriptions.has(schedule)))
    .toSorted((a, b) => b.created.getTime() - a.created.getTime())
}

function pipelineOf(request: SourceRequest, pipeline: JsonObject, schedule: string): Pipeline {
  const created = readSourceDate(requireText(pipeline, 'created_at'), request.ctx.zone)
  const updatedText = textIn(pipeline, 'updated_at')
  const isRunning = textIn(pipeline, 'status') === 'running' || updatedText === ''
  const updated = isRunning ? request.ctx.now() : readSourceDate(updatedText, request.ctx.zone)
  return { pipeline, schedule, created, updated }
}

/** Descriptions of schedules by the pipelines that they started. */
async function schedulesOf(request: SourceRequest): Promise<ReadonlyMap<string, string>> {
  const gitlab = gitlabOf(request)
  const path = projectPath(gitlab.project, 'pipeline_schedules')
  const schedules = (await gitlabList(request, gitlab, path)).slice(0, MOST_SCHEDULES)
  const byPipeline = new Map<string, string>()
  for (const schedule of schedules) {
    const id = encodeURIComponent(requireText(schedule, 'id'))
    for (const pipeline of await gitlabList(request, gitlab, `${path}/${id}/pipelines`))
      byPipeline.set(textIn(pipeline, 'id'), textIn(schedule, 'description'))
  }
  return byPipeline
}

function pipelineEntity({ pipeline, schedule, created, updated }: Pipeline): Entity {
  const id = requireText(pipeline, 'id')
  return {
    key: id,
    name: textIn(pipeline, 'name') || id,
    ref: textIn(pipeline, 'ref'),
    status: textIn(pipeline, 'status'),
    trigger: textIn(pipeline, 'source'),
    schedule,
    created: created.toISOString(),
    updated: updated.toISOString(),
    url: textIn(pipeline, 'web_url'),
  }
}

export const readPipelines: SourceReader = async (request) => {
  const found = await findPipelines(request, numberOf(request, 'lookback_days_pipelines', 7))
  const onlyNewest = settingOf(request, 'only_include_most_recent_pipeline_per_branch') === 'yes'
  const branches = new Set<string>()
  const kept = found.filter(({ pipeline }) => {
    const isFirst = !branches.has(textIn(pipeline, 'ref'))
    branches.add(textIn(pipeline, 'ref'))
    return isFirst || !onlyNewest
  })
  const entities = distinctEntities(kept.map(pipelineEntity))
  return { value: String(entities.length), entities, ...gitlabPage(gitlabOf(request), 'pipelines') }
}

export const readPipelineDuration: SourceReader = async (request) => {
  const found = await findPipelines(request, numberOf(request, 'lookback_days_pipelines', 7))
  const measured: { readonly each: Pipeline; readonly minutes: number }[] = []
  for (const each of found) measured.push({ each, minutes: await minutesOf(request, each) })
  const [latest] = measured
  if (!latest) throw new SourceFailure('parse', 'No pipelines found with given filter(s)')
  const entities = measured.map(({ each, minutes }) => ({
    ...pipelineEntity(each),
    duration: String(minutes),
  }))
  const selection = settingOf(request, 'pipeline_selection', 'slowest')
  const all = measured.map(({ minutes }) => minutes)
  const value =
    selection === 'latest'
      ? latest.minutes
      : selection === 'average'
        ? Math.round(all.reduce((sum, minutes) => sum + minutes, 0) / all.length)
        : Math.max(...all)
  return {
    value: String(value),
    entities: distinctEntities(entities),
    ...gitlabPage(gitlabOf(request), 'pipelines'),
  }
}

async function minutesOf(request: SourceRequest, { pipeline, created, updated }: Pipeline): Promise<number> {
  const usual = Math.round((updated.getTime() - created.getTime()) / 60_000)
  if (settingOf(request, 'exclude_idle_time_from_pipeline_duration') !== 'yes') return usual
  const gitlab = gitlabOf(request)
  const path = projectPath(gitlab.project, `pipelines/${encodeURIComponent(requireText(pipeline, 'id'))}`)
  const detail = objectIn(await askJson(request, `${gitlab.server}/api/v4/${path}`, gitlab.headers))
  return typeof detail.duration === 'number' ? Math.round(detail.duration / 60) : usual
}

/** Days since the newest pipeline was touched. */
export async function pipelineAge(request: SourceRequest): Promise<number> {
  const [newest] = await findPipelines(request, numberOf(request, 'lookback_days', 90))
  if (!newest) throw new SourceFailure('parse', 'No pipelines found with given filter(s)')
  return wholeDays(newest.updated, request.ctx.now())
}
