import { toCount } from '../collector/findings.ts'
import { requireText } from '../collector/json-values.ts'
import { isObject, parseJson } from '../collector/parse-json.ts'
import { readFiles } from '../collector/read-files.ts'
import { SourceFailure, type SourceReader, type SourceReaders } from '../collector/source-reader.ts'
import { slowFindings, type Transaction, testFindings } from './transactions.ts'

const TIMES: Readonly<Record<string, string>> = {
  mean_response_time: 'meanResTime',
  median_response_time: 'medianResTime',
  min_response_time: 'minResTime',
  max_response_time: 'maxResTime',
  percentile_90_response_time: 'pct1ResTime',
  percentile_95_response_time: 'pct2ResTime',
  percentile_99_response_time: 'pct3ResTime',
}

/** The statistics of a dashboard of JMeter. @throws SourceFailure `parse` */
export function parseJmeterJson(content: Buffer): readonly Transaction[] {
  const file = parseJson(content)
  if (!isObject(file)) throw new SourceFailure('parse', 'The file has no transactions.')
  return Object.entries(file).flatMap(([label, found]) => {
    if (label === 'Total') return []
    if (!isObject(found)) throw new SourceFailure('parse', 'The file has no transactions.')
    const times = Object.entries(TIMES).map(([key, name]) => [key, numberIn(found[name], name)])
    return [
      {
        name: requireText(found, 'transaction'),
        sampleCount: toCount(found.sampleCount, 'sampleCount'),
        errorCount: toCount(found.errorCount, 'errorCount'),
        times: Object.fromEntries(times),
      },
    ]
  })
}

function numberIn(value: unknown, name: string): number {
  const number = value === undefined || value === null ? 0 : Number(value)
  if (!Number.isFinite(number)) throw new SourceFailure('parse', `"${name}" is no number.`)
  return number
}

function reader(findings: typeof testFindings): SourceReader {
  return async (request) => {
    const { documents, addresses } = await readFiles(request, ['json'])
    const found = documents.flatMap(({ content }) => parseJmeterJson(content))
    return findings(request, 'jmeter_json', found, addresses)
  }
}

/** Load tests by JMeter, summed up. */
export const jmeterJson: SourceReaders = {
  tests: reader(testFindings),
  slow_transactions: reader(slowFindings),
}
