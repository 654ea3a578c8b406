import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { type FieldProblem, RefusedError } from '../../core/refusal.ts'
import { findRecords } from '../records/list-records.ts'
import { instituteRecord } from './records/institute.ts'
import { methodRecord } from './records/method.ts'
import { projectRecord } from './records/project.ts'
import { sampleRecord } from './records/sample.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { staffRecord } from './records/staff.ts'

/** Ids that samples and experiments refer to. */
export type References = {
  readonly instituteId?: number
  readonly projectId?: number
  readonly sampleTypeId?: number
  readonly methodId?: number | null
  readonly staffId?: number
  readonly parentId?: number | null
}

/** @throws RefusedError `invalid-input` for each that there is not, as far as the actor may know */
export async function requireVisible(ctx: Context, references: References): Promise<void> {
  const asked: readonly (readonly [field: string, record: RecordType, id: number | null | undefined])[] = [
    ['institute', instituteRecord, references.instituteId],
    ['project', projectRecord, references.projectId],
    ['sampleType', sampleTypeRecord, references.sampleTypeId],
    ['method', methodRecord, references.methodId],
    ['staff', staffRecord, references.staffId],
    ['parent', sampleRecord, references.parentId],
  ]
  const problems = await Promise.all(
    asked.map(async ([field, record, id]): Promise<readonly FieldProblem[]> => {
      if (id === null || id === undefined) return []
      const [found] = await findRecords(ctx, record, [id])
      return found ? [] : [{ field, problem: `There is no ${record.label.one.toLowerCase()} ${id}.` }]
    }),
  )
  if (problems.flat().length > 0) throw new RefusedError({ kind: 'invalid-input', problems: problems.flat() })
}
