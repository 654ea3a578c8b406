import type { RecordHook } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { projectRecord } from './records/project.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { hasPublishedVersion } from './store/sample-types.ts'

const projectHook: RecordHook = {
  beforeSave: async (_tx, values, before) => {
    const start = values.fundingPeriodStart ?? before?.fundingPeriodStart
    const end = values.fundingPeriodEnd ?? before?.fundingPeriodEnd
    if (typeof start === 'string' && typeof end === 'string' && start > end)
      throw invalidInput('fundingPeriodEnd', 'This must not be before the start.')
    return { ...values }
  },
}

/** The key is part of the address of published schemas, which never change. */
const sampleTypeHook: RecordHook = {
  beforeSave: async (tx, values, before) => {
    if (
      before &&
      values.key !== undefined &&
      values.key !== before.key &&
      (await hasPublishedVersion(tx.db, before.id))
    )
      throw new RefusedError({
        kind: 'conflict',
        field: 'key',
        reason: 'The key of a sample type with published versions cannot be changed.',
      })
    return { ...values }
  },
}

/** What research data adds to the generic verbs of its records. */
export const researchHooks: ReadonlyMap<string, RecordHook> = new Map([
  [projectRecord.name, projectHook],
  [sampleTypeRecord.name, sampleTypeHook],
])
