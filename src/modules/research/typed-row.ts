import type { Row } from '../../core/record.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import type { Experiment, experimentRecord } from './records/experiment.ts'
import type { fileRecord, ResearchFile } from './records/file.ts'
import type { Sample, sampleRecord } from './records/sample.ts'
import type { sampleTypeRecord } from './records/sample-type.ts'
import type { sampleTypeVersionRecord } from './records/sample-type-version.ts'

// The catalogue decodes rows by the same declarations that their types are derived from, and forgets the types on the
// way: here they are given back.

export function asSample(row: AnyRow): Sample {
  return row as unknown as Sample & Row<typeof sampleRecord>
}

export function asExperiment(row: AnyRow): Experiment {
  return row as unknown as Experiment & Row<typeof experimentRecord>
}

export function asFile(row: AnyRow): ResearchFile {
  return row as unknown as ResearchFile & Row<typeof fileRecord>
}

export function asSampleType(row: AnyRow): Row<typeof sampleTypeRecord> {
  return row as unknown as Row<typeof sampleTypeRecord>
}

export function asTypeVersion(row: AnyRow): Row<typeof sampleTypeVersionRecord> {
  return row as unknown as Row<typeof sampleTypeVersionRecord>
}
