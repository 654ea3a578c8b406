import { ageFindings, versionFindings } from '../collector/findings.ts'
import { type JsonObject, objectIn, requireText } from '../collector/json-values.ts'
import { isObject, parseJson } from '../collector/parse-json.ts'
import { credentialsOf, readFiles, type SourceFiles } from '../collector/read-files.ts'
import { readSourceDate } from '../collector/source-date.ts'
import {
  SourceFailure,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import { slowFindings, type Transaction, testFindings } from './transactions.ts'

const COLUMNS: Readonly<Record<string, string>> = {
  min_response_time: 'col-7',
  percentile_50_response_time: 'col-8',
  percentile_75_response_time: 'col-9',
  percentile_95_response_time: 'col-10',
  percentile_99_response_time: 'col-11',
  max_response_time: 'col-12',
  mean_response_time: 'col-13',
}

/** The table of transactions in a report's page. @throws SourceFailure `parse` */
export function parseGatlingPage(content: Buffer): readonly Transaction[] {
  const html = content.toString('utf8')
  const start = html.indexOf('container_statistics_body')
  if (start < 0) throw new SourceFailure('parse', 'The page has no table of statistics.')
  const end = html.indexOf('</tbody', start)
  const body = html.slice(start, end < 0 ? undefined : end)
  return body.split('<tr').slice(1).map(transactionOf)
}

function transactionOf(row: string): Transaction {
  const cells = new Map<string, string>()
  for (const cell of row.split('<td').slice(1)) {
    const tagEnd = cell.indexOf('>')
    const column = /\bcol-\d+\b/.exec(cell.slice(0, tagEnd))?.[0]
    if (column !== undefined && !cells.has(column)) cells.set(column, cell.slice(tagEnd + 1))
  }
  const times = Object.entries(COLUMNS).map(([key, column]) => [key, numberOfCell(cells.get(column))])
  return {
    name: nameOfCell(cells.get('col-1') ?? ''),
    sampleCount: numberOfCell(cells.get('col-2')),
    errorCount: numberOfCell(cells.get('col-4')),
    times: Object.fromEntries(times),
  }
}

/** A long name is cut for the eye; the whole one stands in the element that is cut. */
function nameOfCell(html: string): string {
  const start = html.indexOf('ellipsed-name')
  const part = start < 0 ? html : html.slice(html.indexOf('>', start) + 1)
  return textOfHtml(start < 0 ? part : (part.split('</span')[0] ?? ''))
}

function numberOfCell(html = ''): number {
  const text = textOfHtml(html).replaceAll(/[\s,]/g, '')
  if (text === '-' || text === '') return 0
  const number = Number(text)
  if (!Number.isFinite(number)) throw new SourceFailure('parse', 'A number of the table cannot be read.')
  return number
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
}

function textOfHtml(html: string): string {
  return html
    .replaceAll(/<[^<>]*(>|$)/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .trim()
}

/** The statistics that newer reports carry beside their page. @throws SourceFailure `parse` */
export function parseGatlingStats(content: Buffer): readonly Transaction[] {
  const file = parseJson(content)
  if (!isObject(file) || !isObject(file.stats))
    throw new SourceFailure('parse', 'The file has no statistics.')
  return requestsIn(file, 0)
}

const DEEPEST = 50

/** Groups hold requests and groups. */
function requestsIn(part: JsonObject, depth: number): readonly Transaction[] {
  if (depth > DEEPEST) throw new SourceFailure('parse', 'The file is nested too deeply.')
  if (part.type === 'REQUEST') return [requestOf(part)]
  return Object.values(objectIn(part.contents)).flatMap((inner) => requestsIn(objectIn(inner), depth + 1))
}

function requestOf(part: JsonObject): Transaction {
  const stats = objectIn(part.stats)
  const total = (key: string, of = 'total') => {
    const value = objectIn(stats[key])[of]
    return value === '-' ? 0 : Number(value ?? 0) || 0
  }
  return {
    name: requireText(part, 'name'),
    sampleCount: total('numberOfRequests'),
    errorCount: total('numberOfRequests', 'ko'),
    times: {
      min_response_time: total('minResponseTime'),
      percentile_50_response_time: total('percentiles1'),
      percentile_75_response_time: total('percentiles2'),
      percentile_95_response_time: total('percentiles3'),
      percentile_99_response_time: total('percentiles4'),
      max_response_time: total('maxResponseTime'),
      mean_response_time: total('meanResponseTime'),
    },
  }
}

/** From the file of numbers where the report has one, else from its page. */
async function readTransactions(request: SourceRequest) {
  const files = await readFiles(request, ['html', 'htm'])
  const stats = await statsBeside(request, files)
  const found = stats ?? files.documents.flatMap(({ content }) => parseGatlingPage(content))
  return { found, addresses: files.addresses }
}

async function statsBeside(request: SourceRequest, { addresses, documents }: SourceFiles) {
  const page = new URL(addresses.apiUrl)
  if (page.pathname.endsWith('.zip') || documents.length !== 1) return undefined
  page.pathname = page.pathname.replace(/(\/[^/]*\.html?)?$/, '/js/stats.json')
  try {
    return parseGatlingStats((await request.fetch(page.href, { headers: credentialsOf(request) })).content)
  } catch (error) {
    if (error instanceof SourceFailure) return undefined
    throw error
  }
}

const readTests: SourceReader = async (request) => {
  const { found, addresses } = await readTransactions(request)
  return testFindings(request, 'gatling', found, addresses)
}

const readSlow: SourceReader = async (request) => {
  const { found, addresses } = await readTransactions(request)
  return slowFindings(request, 'gatling', found, addresses)
}

/** What the head of a report says about the run. @throws SourceFailure `parse` */
export function parseGatlingFact(content: Buffer, label: 'Version' | 'Date' | 'Duration'): string {
  const html = content.toString('utf8')
  const labels = html.split('simulation-information-label').slice(1)
  const found = labels.find(
    (part) => textOfHtml(part.slice(part.indexOf('>') + 1).split('</span')[0] ?? '') === `${label}:`,
  )
  const value = found?.split('<span')[1]
  if (value === undefined) throw new SourceFailure('parse', `The page does not say "${label}".`)
  return textOfHtml(value.slice(value.indexOf('>') + 1).split('</span')[0] ?? '')
}

async function readFacts(request: SourceRequest, label: 'Version' | 'Date' | 'Duration') {
  const { documents, addresses } = await readFiles(request, ['html', 'htm'])
  return { facts: documents.map(({ content }) => parseGatlingFact(content, label)), addresses }
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }

/** `1h 2m 3s` in seconds. */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d{1,9})\s*([dhms])(?![a-z])/g)]
  if (parts.length === 0) throw new SourceFailure('parse', 'The duration cannot be read.')
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNIT_SECONDS[unit] ?? 0), 0)
}

const readDuration: SourceReader = async (request) => {
  const { facts, addresses } = await readFacts(request, 'Duration')
  return {
    value: String(facts.reduce((sum, fact) => sum + Math.round(secondsOf(fact) / 60), 0)),
    ...addresses,
  }
}

const readAge: SourceReader = async (request) => {
  const { facts, addresses } = await readFacts(request, 'Date')
  return ageFindings(
    request,
    facts.map((fact) => readSourceDate(fact, request.ctx.zone)),
    addresses,
  )
}

const readVersion: SourceReader = async (request) => {
  const { facts, addresses } = await readFacts(request, 'Version')
  return versionFindings(facts, addresses)
}

/** Load tests by Gatling. */
export const gatling: SourceReaders = {
  tests: readTests,
  slow_transactions: readSlow,
  performancetest_duration: readDuration,
  source_up_to_dateness: readAge,
  source_version: readVersion,
}
