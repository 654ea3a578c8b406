import type { Addresses } from '../collector/findings.ts'
import { distinctEntities, numberOf, wordsOf } from '../collector/findings.ts'
import { chooseNames } from '../collector/patterns.ts'
import type { SourceFindings, SourceRequest } from '../collector/source-reader.ts'
import { choicesOf, findSourceType } from '../domain/catalogue/catalogue.ts'
import type { Entity } from '../domain/entity.ts'
import { textOf } from '../domain/report-tree.ts'
import { selectedValues } from '../domain/selected-values.ts'

/** What a load test measured of one kind of request, under the names of the catalogue; times in milliseconds. */
export type Transaction = {
  readonly name: string
  readonly sampleCount: number
  readonly errorCount: number
  readonly times: Readonly<Record<string, number>>
}

type LoadTestSource = 'jmeter_csv' | 'jmeter_json' | 'gatling'

export function chosenTransactions(
  request: SourceRequest,
  found: readonly Transaction[],
): readonly Transaction[] {
  const names = chooseNames(
    found.map(({ name }) => name),
    {
      include: wordsOf(request, 'transactions_to_include'),
      exclude: wordsOf(request, 'transactions_to_ignore'),
    },
  )
  return found.filter(({ name }) => names.has(name))
}

/** Requests that answered or failed, as chosen. */
export function testFindings(
  request: SourceRequest,
  source: LoadTestSource,
  found: readonly Transaction[],
  addresses: Addresses,
): SourceFindings {
  const wanted = selectedValues(source, 'test_result', request.parameters)
  const chosen = chosenTransactions(request, found)
  const failed = chosen.reduce((sum, { errorCount }) => sum + errorCount, 0)
  const total = chosen.reduce((sum, { sampleCount }) => sum + sampleCount, 0)
  const value = (wanted.includes('failed') ? failed : 0) + (wanted.includes('success') ? total - failed : 0)
  return { value: String(value), total: String(total), ...addresses }
}

/** The transactions that take longer than their target. */
export function slowFindings(
  request: SourceRequest,
  source: LoadTestSource,
  found: readonly Transaction[],
  addresses: Addresses,
): SourceFindings {
  const chosen = chosenTransactions(request, found)
  const measured = evaluatedTime(request, source)
  const targets = targetsOf(request, chosen)
  const slow = chosen.filter(({ name, times }) => (times[measured] ?? 0) > (targets.get(name) ?? 0))
  const entities = distinctEntities(slow.map(transactionEntity))
  return { value: String(entities.length), total: String(chosen.length), entities, ...addresses }
}

function evaluatedTime({ parameters }: SourceRequest, source: LoadTestSource): string {
  const parameter = findSourceType(source)?.parameters.response_time_to_evaluate
  const chosen = textOf(parameters, 'response_time_to_evaluate') ?? ''
  const known = parameter && choicesOf(parameter)?.includes(chosen) ? chosen : String(parameter?.value ?? '')
  return parameter?.apiValues?.[known] ?? known
}

/** Entries `<name or regular expression>:<milliseconds>`: the first that fits holds. */
function targetsOf(request: SourceRequest, found: readonly Transaction[]): ReadonlyMap<string, number> {
  const usual = numberOf(request, 'target_response_time', 1000)
  const targets = new Map<string, number>()
  const names = found.map(({ name }) => name)
  for (const entry of wordsOf(request, 'transaction_specific_target_response_times')) {
    const [, pattern, milliseconds] = /^(.+):(\d{1,9})$/.exec(entry.trim()) ?? []
    if (pattern === undefined) continue
    for (const name of chooseNames(names, { include: [pattern] }))
      if (!targets.has(name)) targets.set(name, Number(milliseconds))
  }
  return new Map(names.map((name) => [name, targets.get(name) ?? usual]))
}

function transactionEntity({ name, sampleCount, errorCount, times }: Transaction): Entity {
  const percentage = sampleCount === 0 ? 0 : (100 * errorCount) / sampleCount
  return {
    key: name,
    name,
    sample_count: String(sampleCount),
    error_count: String(errorCount),
    error_percentage: oneDecimal(percentage),
    ...Object.fromEntries(Object.entries(times).map(([key, time]) => [key, oneDecimal(time)])),
  }
}

function oneDecimal(number: number): string {
  return String(Math.round(number * 10) / 10)
}
