import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { ageFindings, toCount } from '../collector/findings.ts'
import { readFiles } from '../collector/read-files.ts'
import {
  SourceFailure,
  type SourceReader,
  type SourceReaders,
  type SourceRequest,
} from '../collector/source-reader.ts'
import { percentile } from './quantile.ts'
import { slowFindings, type Transaction, testFindings } from './transactions.ts'

type Samples = { readonly elapsed: number[]; errors: number }
type JmeterResults = {
  readonly samples: ReadonlyMap<string, Samples>
  readonly first: number
  readonly last: number
}

const LONGEST_ROW = 1_000_000
const NEEDED = ['timeStamp', 'elapsed', 'label', 'success']

/** The results of a load test, one row for each request. @throws SourceFailure `parse` */
export async function parseJmeterCsv(content: Buffer): Promise<JmeterResults> {
  const samples = new Map<string, Samples>()
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for await (const row of rowsOf(content)) {
    const [time, label = '', elapsed] = [Number(row.timeStamp), row.label, toCount(row.elapsed, 'elapsed')]
    if (!Number.isFinite(time) || NEEDED.some((name) => row[name] === undefined))
      throw new SourceFailure('parse', 'A row has no time stamp, time, label or success.')
    first = Math.min(first, time)
    last = Math.max(last, time)
    // rows that sum up others
    if (row.responseMessage?.startsWith('Number of samples in transaction')) continue
    const known = samples.get(label) ?? { elapsed: [], errors: 0 }
    known.elapsed.push(elapsed)
    known.errors += row.success === 'true' ? 0 : 1
    samples.set(label, known)
  }
  if (last === Number.NEGATIVE_INFINITY) throw new SourceFailure('parse', 'The file has no samples.')
  return { samples, first, last }
}

async function* rowsOf(content: Buffer): AsyncGenerator<Readonly<Record<string, string>>> {
  const parser = parse({ columns: true, bom: true, relax_column_count: true, max_record_size: LONGEST_ROW })
  try {
    // a buffer as a whole would be read without a pause
    for await (const row of Readable.from(partsOf(content)).pipe(parser)) yield row
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new SourceFailure('parse', 'The file is no CSV.', { cause: error })
  }
}

function* partsOf(content: Buffer): Generator<Buffer> {
  for (let start = 0; start < content.length; start += 2 ** 16) yield content.subarray(start, start + 2 ** 16)
}

function transactionsOf({ samples }: JmeterResults): readonly Transaction[] {
  return [...samples].map(([name, { elapsed, errors }]) => {
    const ordered = elapsed.toSorted((a, b) => a - b)
    const half = ordered.length / 2
    return {
      name,
      sampleCount: ordered.length,
      errorCount: errors,
      times: {
        mean_response_time: ordered.reduce((sum, time) => sum + time, 0) / ordered.length,
        median_response_time: ((ordered[Math.floor(half - 0.5)] ?? 0) + (ordered[Math.floor(half)] ?? 0)) / 2,
        min_response_time: ordered[0] ?? 0,
        max_response_time: ordered.at(-1) ?? 0,
        percentile_90_response_time: percentile(ordered, 90),
        percentile_95_response_time: percentile(ordered, 95),
        percentile_99_response_time: percentile(ordered, 99),
      },
    }
  })
}

async function readResults(request: SourceRequest) {
  const { documents, addresses } = await readFiles(request, ['csv'])
  return { results: await Promise.all(documents.map(({ content }) => parseJmeterCsv(content))), addresses }
}

const readTests: SourceReader = async (request) => {
  const { results, addresses } = await readResults(request)
  return testFindings(request, 'jmeter_csv', results.flatMap(transactionsOf), addresses)
}

const readSlow: SourceReader = async (request) => {
  const { results, addresses } = await readResults(request)
  return slowFindings(request, 'jmeter_csv', results.flatMap(transactionsOf), addresses)
}

const readDuration: SourceReader = async (request) => {
  const { results, addresses } = await readResults(request)
  const minutes = results.reduce((sum, { first, last }) => sum + Math.round((last - first) / 60_000), 0)
  return { value: String(minutes), ...addresses }
}

const readAge: SourceReader = async (request) => {
  const { results, addresses } = await readResults(request)
  return ageFindings(
    request,
    results.map(({ first }) => new Date(first)),
    addresses,
  )
}

/** Load tests by JMeter as rows. */
export const jmeterCsv: SourceReaders = {
  tests: readTests,
  slow_transactions: readSlow,
  performancetest_duration: readDuration,
  source_up_to_dateness: readAge,
}
