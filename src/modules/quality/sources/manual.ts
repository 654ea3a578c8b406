import { SourceFailure, type SourceReader, type SourceReaders } from '../collector/source-reader.ts'
import { METRIC_TYPES } from '../domain/catalogue/metric-types.data.ts'
import { toInteger } from '../domain/combine-values.ts'
import { textOf } from '../domain/report-tree.ts'
import { normalVersion } from '../domain/version-number.ts'

const readNumber: SourceReader = async ({ parameters }) => {
  const text = textOf(parameters, 'number') ?? ''
  if (text.trim() === '' || !Number.isFinite(Number(text)))
    throw new SourceFailure('parse', 'This is no number.')
  return { value: String(toInteger(text)), total: '100' }
}

const readVersion: SourceReader = async ({ parameters }) => {
  const version = normalVersion(textOf(parameters, 'version') ?? '')
  if (version === undefined) throw new SourceFailure('parse', 'This is no version number.')
  return { value: version }
}

function readersFor(source: string, reader: SourceReader): SourceReaders {
  const metrics = Object.entries(METRIC_TYPES).filter(([, { sources }]) => sources.includes(source))
  return Object.fromEntries(metrics.map(([metric]) => [metric, reader]))
}

/** Numbers that people type. */
export const manualNumber: SourceReaders = readersFor('manual_number', readNumber)

/** Versions that people type. */
export const manualVersion: SourceReaders = readersFor('manual_version', readVersion)
