import { askPages, serverOf, settingOf } from '../collector/ask-api.ts'
import { type JsonObject, objectsIn } from '../collector/json-values.ts'
import type { SourceFindings, SourceRequest } from '../collector/source-reader.ts'

/** A project on GitLab as a source names it. */
export type Gitlab = {
  readonly server: string
  readonly headers: Readonly<Record<string, string>>
  readonly project: string
}

export function gitlabOf(request: SourceRequest): Gitlab {
  const token = settingOf(request, 'private_token')
  return {
    server: serverOf(request),
    headers: token ? { 'private-token': token } : {},
    project: settingOf(request, 'project').replace(/^\/+|\/+$/g, ''),
  }
}

export function projectPath(project: string, path: string): string {
  return `projects/${encodeURIComponent(project)}/${path}`
}

/** The objects of a list of the API, over all its pages. */
export async function gitlabList(
  request: SourceRequest,
  { server, headers }: Gitlab,
  path: string,
  isEnough?: (page: unknown) => boolean,
): Promise<readonly JsonObject[]> {
  const separator = path.includes('?') ? '&' : '?'
  const pages = await askPages(request, `${server}/api/v4/${path}${separator}per_page=100`, headers, isEnough)
  return pages.flatMap(objectsIn)
}

export function gitlabPage(
  { server, project }: Gitlab,
  page: string,
): Pick<SourceFindings, 'apiUrl' | 'landingUrl'> {
  return { apiUrl: server, landingUrl: `${server}/${project}${page === '' ? '' : `/-/${page}`}` }
}
