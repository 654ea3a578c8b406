import type { RecordType } from '../../../core/record.ts'
import { experimentRecord } from './experiment.ts'
import { fileRecord } from './file.ts'
import { fundingBodyRecord } from './funding-body.ts'
import { instituteRecord } from './institute.ts'
import { methodRecord } from './method.ts'
import { projectRecord } from './project.ts'
import { runRecord } from './run.ts'
import { sampleRecord } from './sample.ts'
import { sampleTypeRecord } from './sample-type.ts'
import { sampleTypeVersionRecord } from './sample-type-version.ts'
import { staffRecord } from './staff.ts'
import { termRecord } from './term.ts'
import { vocabularyRecord } from './vocabulary.ts'

/** Every record of research data, in the order in which administration offers them. */
export const researchRecords: readonly RecordType[] = [
  instituteRecord,
  staffRecord,
  methodRecord,
  projectRecord,
  fundingBodyRecord,
  sampleTypeRecord,
  vocabularyRecord,
  termRecord,
  sampleTypeVersionRecord,
  sampleRecord,
  experimentRecord,
  runRecord,
  fileRecord,
]
