import { calendar } from '../sources/calendar.ts'
import { genericJson } from '../sources/generic-json.ts'
import { junit } from '../sources/junit.ts'
import { manualNumber, manualVersion } from '../sources/manual.ts'
import { touchstone } from '../sources/touchstone.ts'
import type { SourceReader, SourceReaders } from './source-reader.ts'

/** Every source that can be read, by its key in the catalogue. The others keep their configuration and wait. */
export const READERS: Readonly<Record<string, SourceReaders>> = {
  manual_number: manualNumber,
  manual_version: manualVersion,
  calendar,
  generic_json: genericJson,
  junit,
  touchstone,
}

export function findReader(sourceType: string, metricType: string): SourceReader | undefined {
  const readers = Object.hasOwn(READERS, sourceType) ? READERS[sourceType] : undefined
  return readers && Object.hasOwn(readers, metricType) ? readers[metricType] : undefined
}
