import { makeContext } from '../../../../tests/support/make-context.ts'
import type { DatabaseHandle } from '../../../platform/database/database.ts'
import { findReader } from '../collector/readers.ts'
import { type FetchSource, SourceFailure, type SourceFindings } from '../collector/source-reader.ts'
import type { Attributes } from '../domain/report-tree.ts'
import { makeQuality } from '../testing.ts'

export const NOW = new Date('2026-11-22T10:00:00Z')
export const SOURCE_URL = 'https://ci.example.org/report'
const ctx = makeContext({} as DatabaseHandle, { now: () => NOW })

/** A server that answers everything with the same. */
export function fetchOf(
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): FetchSource {
  return async (url) => ({ url, headers, content: Buffer.from(content) })
}

/** Reads a source for a metric, as the collector does. */
export async function readSource(
  source: string,
  metricType: string,
  parameters: Attributes,
  fetch: FetchSource = fetchOf(''),
): Promise<SourceFindings> {
  const reader = findReader(source, metricType)
  if (!reader) throw new Error(`${source} is not read for ${metricType}`)
  return reader({
    ctx,
    quality: makeQuality(),
    metricType,
    direction: '<',
    parameters: { url: SOURCE_URL, ...parameters },
    fetch,
  })
}

/** Reads the content of a file. */
export function readContent(
  source: string,
  metricType: string,
  content: string | Buffer,
  parameters: Attributes = {},
): Promise<SourceFindings> {
  return readSource(source, metricType, parameters, fetchOf(content))
}

/** How a reading failed: its kind and its words. */
export async function failureOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof SourceFailure ? `${error.kind}: ${error.message}` : `no failure: ${String(error)}`
}
