import { askJson, serverOf, settingOf } from '../collector/ask-api.ts'
import { type JsonObject, objectIn, objectsIn, requireObjects, textIn } from '../collector/json-values.ts'
import { SourceFailure, type SourceRequest } from '../collector/source-reader.ts'

/** A server of Jira with the credentials of a source. */
export type Jira = {
  readonly server: string
  readonly version: '2' | '3'
  readonly ask: (path: string) => Promise<unknown>
}

export function jiraOf(request: SourceRequest): Jira {
  const server = serverOf(request)
  const [token, username, password] = ['private_token', 'username', 'password'].map((key) =>
    settingOf(request, key),
  )
  const basic = Buffer.from(`${username}:${password}`).toString('base64')
  const authorization = token ? `Bearer ${token}` : username && password ? `Basic ${basic}` : undefined
  const headers = { accept: 'application/json', ...(authorization ? { authorization } : {}) }
  const version = /3/.test(settingOf(request, 'api_version')) ? '3' : '2'
  return { server, version, ask: (path) => askJson(request, `${server}/rest/${path}`, headers) }
}

/** The id of a field from its id or name, in any case. */
export async function fieldId(jira: Jira, name: string): Promise<string> {
  if (name.trim() === '') return ''
  const wanted = name.trim().toLowerCase()
  const fields = requireObjects(await jira.ask(`api/${jira.version}/field`), 'fields')
  const found = fields.find((field) =>
    [textIn(field, 'id'), textIn(field, 'name')].some((each) => each.toLowerCase() === wanted),
  )
  return found ? textIn(found, 'id') : name.trim()
}

const MOST_ISSUES = 20_000
const USUAL_PAGE = 500
const BASIC_FIELDS = 'issuetype,summary,created,updated,status,priority'

async function pageSize(jira: Jira): Promise<number> {
  try {
    const size = Number(await jira.ask(`api/${jira.version}/mypreferences?key=jira.search.views.default.max`))
    return Number.isInteger(size) && size > 0 ? Math.min(size, 5000) : USUAL_PAGE
  } catch (error) {
    if (error instanceof SourceFailure) return USUAL_PAGE
    throw error
  }
}

/** All issues that a query finds. @throws SourceFailure also for a list that has no end */
export async function searchIssues(
  jira: Jira,
  jql: string,
  extraFields: readonly string[] = [],
): Promise<readonly JsonObject[]> {
  const fields = [BASIC_FIELDS, ...extraFields.filter((field) => field !== '')].join(',')
  const size = await pageSize(jira)
  const query = `jql=${encodeURIComponent(jql)}&fields=${encodeURIComponent(fields)}&maxResults=${size}`
  return jira.version === '3' ? searchByToken(jira, query) : searchByPlace(jira, query)
}

async function searchByPlace(jira: Jira, query: string): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = []
  for (;;) {
    const page = objectIn(await jira.ask(`api/2/search?${query}&startAt=${found.length}`))
    const issues = requireObjects(page.issues, 'issues')
    found.push(...issues)
    if (issues.length === 0 || found.length >= Number(page.total ?? 0)) return found
    requireEnd(found.length)
  }
}

/** The cloud gives a token for the next page in place of a number of results. */
async function searchByToken(jira: Jira, query: string): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = []
  let token = ''
  for (;;) {
    const next = token === '' ? '' : `&nextPageToken=${encodeURIComponent(token)}`
    const page = objectIn(await jira.ask(`api/3/search/jql?${query}${next}`))
    const issues = requireObjects(page.issues, 'issues')
    found.push(...issues)
    const following = textIn(page, 'nextPageToken')
    if (following === '' || following === token || page.isLast === true) return found
    token = following
    requireEnd(found.length + 1)
  }
}

function requireEnd(count: number): void {
  if (count >= MOST_ISSUES)
    throw new SourceFailure('connection', `The query finds more than ${MOST_ISSUES} issues.`)
}

const MOST_BOARDS = 10_000

/** The id of a board from its id or name. @throws SourceFailure `parse` */
export async function boardId(jira: Jira, board: string): Promise<string> {
  const wanted = board.trim().toLowerCase()
  for (let start = 0; start < MOST_BOARDS; ) {
    const page = objectIn(await jira.ask(`agile/1.0/board?startAt=${start}`))
    const boards = objectsIn(page.values)
    const found = boards.find((each) =>
      [textIn(each, 'id'), textIn(each, 'name').toLowerCase()].includes(wanted),
    )
    if (found) return textIn(found, 'id')
    if (page.isLast === true || boards.length === 0) break
    start += boards.length
  }
  throw new SourceFailure('parse', `Could not find a Jira board with id or name "${board.slice(0, 200)}"`)
}
