import { askJson, settingOf } from '../collector/ask-api.ts'
import {
  distinctEntities,
  numberOf,
  toCount,
  versionFindings,
  wholeDays,
  wordsOf,
} from '../collector/findings.ts'
import { type JsonObject, objectIn, objectsIn, requireText, textIn } from '../collector/json-values.ts'
import { parseJson } from '../collector/parse-json.ts'
import { chooseNames } from '../collector/patterns.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import { selectedValues } from '../domain/selected-values.ts'
import { normalVersion } from '../domain/version-number.ts'
import { type Gitlab, gitlabList, gitlabOf, gitlabPage, projectPath } from './gitlab-api.ts'
import { readDeployments, readFailedJobs, readJobRuns, readUnusedJobs } from './gitlab-jobs.ts'
import { pipelineAge, readPipelineDuration, readPipelines } from './gitlab-pipelines.ts'

const MERGE_REQUESTS = `query($path: ID!, $after: String) { project(fullPath: $path) { mergeRequests(first: 100, after: $after) {
  count pageInfo { endCursor hasNextPage } nodes { id state title targetBranch webUrl upvotes downvotes createdAt updatedAt mergedAt draft approved } } } }`
const MOST_PAGES = 200

async function findMergeRequests(request: SourceRequest, { server, headers, project }: Gitlab) {
  const nodes: JsonObject[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await request.fetch(`${server}/api/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: MERGE_REQUESTS, variables: { path: project, after } }),
    })
    const found = objectIn(objectIn(objectIn(parseJson(answer.content)).data).project).mergeRequests
    if (found === undefined)
      throw new SourceFailure('connection', 'The project cannot be read with this token.')
    const list = objectIn(found)
    nodes.push(...objectsIn(list.nodes))
    const next = objectIn(list.pageInfo)
    after = textIn(next, 'endCursor')
    if (next.hasNextPage !== true || after === '') return { nodes, count: toCount(list.count, 'count') }
  }
  throw new SourceFailure('connection', 'The source has too many pages.')
}

const readMergeRequests: SourceReader = async (request) => {
  const gitlab = gitlabOf(request)
  const { nodes, count } = await findMergeRequests(request, gitlab)
  const states = selectedValues('gitlab', 'merge_request_state', request.parameters)
  const approvals = selectedValues('gitlab', 'approval_state', request.parameters)
  const branches = chooseNames(
    nodes.map((node) => textIn(node, 'targetBranch')),
    { include: wordsOf(request, 'target_branches_to_include') },
  )
  const required = numberOf(request, 'upvotes', 0)
  const withoutDrafts = settingOf(request, 'ignore_draft_merge_requests') === 'yes'
  const wanted = nodes.filter(
    (node) =>
      states.includes(textIn(node, 'state')) &&
      approvals.includes(approvalOf(node)) &&
      branches.has(textIn(node, 'targetBranch')) &&
      (required === 0 || toCount(node.upvotes, 'upvotes') < required) &&
      !(withoutDrafts && node.draft === true),
  )
  const entities = distinctEntities(wanted.map(mergeRequestEntity))
  return {
    value: String(entities.length),
    total: String(count),
    entities,
    ...gitlabPage(gitlab, 'merge_requests'),
  }
}

function approvalOf({ approved }: JsonObject): string {
  return approved === true ? 'yes' : approved === false ? 'no' : '?'
}

function mergeRequestEntity(node: JsonObject) {
  return {
    key: requireText(node, 'id'),
    title: textIn(node, 'title'),
    target_branch: textIn(node, 'targetBranch'),
    url: textIn(node, 'webUrl'),
    state: textIn(node, 'state'),
    approved: approvalOf(node),
    upvotes: textIn(node, 'upvotes'),
    downvotes: textIn(node, 'downvotes'),
    created: textIn(node, 'createdAt'),
    updated: textIn(node, 'updatedAt'),
    merged: textIn(node, 'mergedAt'),
    draft: textIn(node, 'draft'),
  }
}

/** The projects of a group, or the one project that was meant. */
async function projectsOf(
  request: SourceRequest,
  gitlab: Gitlab,
  name: string,
): Promise<readonly string[] | undefined> {
  const group = `groups/${encodeURIComponent(name)}`
  try {
    await askJson(request, `${gitlab.server}/api/v4/${group}`, gitlab.headers)
  } catch (error) {
    if (error instanceof SourceFailure && error.message.endsWith('status 404.')) return undefined
    throw error
  }
  const projects = await gitlabList(request, gitlab, `${group}/projects?include_subgroups=true`)
  return projects.map((project) => requireText(project, 'path_with_namespace'))
}

const readBranches: SourceReader = async (request) => {
  const name = settingOf(request, 'project_or_group').replace(/^\/+|\/+$/g, '')
  const gitlab = { ...gitlabOf(request), project: name }
  const ofGroup = await projectsOf(request, gitlab, name)
  const found: { readonly branch: JsonObject; readonly project: string }[] = []
  for (const project of ofGroup ?? [name])
    for (const branch of await gitlabList(request, gitlab, projectPath(project, 'repository/branches')))
      found.push({ branch, project })
  const names = chooseNames(
    found.map(({ branch }) => textIn(branch, 'name')),
    { exclude: wordsOf(request, 'branches_to_ignore') },
  )
  const days = numberOf(request, 'inactive_days', 7)
  const wanted = selectedValues('gitlab', 'branch_merge_status', request.parameters)
  const entities = found.flatMap(({ branch, project }) => {
    const date = readSourceDate(requireText(objectIn(branch.commit), 'committed_date'), request.ctx.zone)
    const status = branch.merged === true ? 'merged' : 'unmerged'
    const isOld = wholeDays(date, request.ctx.now()) > days
    const branchName = requireText(branch, 'name')
    if (branch.default === true || !isOld || !names.has(branchName) || !wanted.includes(status)) return []
    return [
      {
        // branches of a group's projects often have the same names
        key: ofGroup ? `${project}:${branchName}` : branchName,
        name: branchName,
        commit_date: date.toISOString(),
        merge_status: status,
        url: textIn(branch, 'web_url'),
      },
    ]
  })
  const distinct = distinctEntities(entities)
  return {
    value: String(distinct.length),
    total: String(found.length),
    entities: distinct,
    ...gitlabPage(gitlab, ofGroup ? '' : 'branches'),
  }
}

const readAge: SourceReader = async (request) => {
  const gitlab = gitlabOf(request)
  const path = settingOf(request, 'file_path').replace(/^\/+|\/+$/g, '')
  if (path === '') return { value: String(await pipelineAge(request)), ...gitlabPage(gitlab, 'pipelines') }
  const branch = settingOf(request, 'branch', 'main')
  const dates = await commitDates(request, gitlab, path, encodeURIComponent(branch))
  const newest = new Date(Math.max(...dates.map((date) => date.getTime())))
  return {
    value: String(wholeDays(newest, request.ctx.now())),
    ...gitlabPage(gitlab, `blob/${encodeURIComponent(branch)}/${path}`),
  }
}

const MOST_FILES = 500

/** When the last commits of a file, or of the files of a folder, were made. */
async function commitDates(
  request: SourceRequest,
  gitlab: Gitlab,
  path: string,
  ref: string,
): Promise<readonly Date[]> {
  const files = await filesBelow(request, gitlab, path, ref)
  const commits = new Set<string>()
  for (const file of files.slice(0, MOST_FILES)) {
    const address = `${gitlab.server}/api/v4/${projectPath(gitlab.project, `repository/files/${encodeURIComponent(file)}?ref=${ref}`)}`
    const answer = await request.fetch(address, { method: 'HEAD', headers: gitlab.headers })
    const commit = answer.headers['x-gitlab-last-commit-id']
    if (commit) commits.add(commit)
  }
  const dates: Date[] = []
  for (const commit of commits) {
    const address = `${gitlab.server}/api/v4/${projectPath(gitlab.project, `repository/commits/${encodeURIComponent(commit)}`)}`
    const found = objectIn(await askJson(request, address, gitlab.headers))
    dates.push(readSourceDate(requireText(found, 'committed_date'), request.ctx.zone))
  }
  if (dates.length === 0) throw new SourceFailure('parse', 'No commit of the file was found.')
  return dates
}

async function filesBelow(
  request: SourceRequest,
  gitlab: Gitlab,
  path: string,
  ref: string,
): Promise<readonly string[]> {
  try {
    const query = `repository/tree?path=${encodeURIComponent(path)}&ref=${ref}&recursive=true`
    const found = await gitlabList(request, gitlab, projectPath(gitlab.project, query))
    const files = found
      .filter((entry) => textIn(entry, 'type') === 'blob')
      .map((entry) => textIn(entry, 'path'))
    return files.length > 0 ? files : [path]
  } catch (error) {
    if (error instanceof SourceFailure && error.message.endsWith('status 404.')) return [path]
    throw error
  }
}

const readVersion: SourceReader = async (request) => {
  const gitlab = gitlabOf(request)
  const version = textIn(
    objectIn(await askJson(request, `${gitlab.server}/api/v4/version`, gitlab.headers)),
    'version',
  )
  const known = normalVersion(version) ? version : (version.split('-')[0] ?? '')
  return versionFindings([known], { apiUrl: gitlab.server, landingUrl: gitlab.server })
}

/** Jobs, pipelines, merge requests, branches and files on GitLab. */
export const gitlab: SourceReaders = {
  change_failure_rate: readDeployments,
  failed_jobs: readFailedJobs,
  inactive_branches: readBranches,
  job_runs_within_time_period: readJobRuns,
  merge_requests: readMergeRequests,
  pipeline_duration: readPipelineDuration,
  pipelines: readPipelines,
  source_up_to_dateness: readAge,
  source_version: readVersion,
  unused_jobs: readUnusedJobs,
}
