import { textOf } from '../domain/report-tree.ts'
import { compareVersions, normalVersion } from '../domain/version-number.ts'
import { objectIn, textIn } from './json-values.ts'
import { parseJson } from './parse-json.ts'
import { SourceFailure, type SourceRequest } from './source-reader.ts'

/**
 * A message about a newer release of a tool, where a token for asking is given; that it cannot be asked for is no
 * error of the source.
 *
 * @param repository on GitHub, such as `zaproxy/zaproxy`
 */
export async function newerRelease(
  { parameters, fetch }: SourceRequest,
  repository: string,
  versions: readonly string[],
): Promise<string | undefined> {
  const token = textOf(parameters, 'github_pat')
  if (!token) return undefined
  try {
    const answer = await fetch(`https://api.github.com/repos/${repository}/releases/latest`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
    })
    const latest = normalVersion(
      textIn(objectIn(parseJson(answer.content)), 'tag_name').replace(/^[^\d]*/, ''),
    )
    const isNewer = latest !== undefined && versions.some((version) => compareVersions(version, latest) < 0)
    return isNewer ? `Latest available version is ${latest}` : undefined
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error
    return undefined
  }
}
