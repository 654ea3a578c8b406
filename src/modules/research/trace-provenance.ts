import { type Context, requirePermission } from '../../context.ts'
import { findLabels } from '../records/find-labels.ts'
import { findRecords } from '../records/list-records.ts'
import { type MassBalance, massBalance } from './domain/mass-balance.ts'
import { methodRecord } from './records/method.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { type FoundRun, findRelatives, findRunsOf } from './store/runs.ts'
import { asSample } from './typed-row.ts'

export type TracedRun = Omit<FoundRun, 'methodId'> & {
  readonly method: string | null
  readonly balance: MassBalance | undefined
}

/** What a sample came from and what came from it. */
export type Provenance = {
  readonly root: number
  readonly samples: readonly (Sample & { readonly typeName: string })[]
  readonly runs: readonly TracedRun[]
  /** whether there is more than one answer shows */
  readonly isCut: boolean
}

const MOST_SAMPLES = 2000
const MOST_RUNS = 4000

/**
 * Follows steps from a sample in either direction or both. Samples outside the actor's scope are left out with what
 * only they lead to.
 *
 * @param depth steps at most, 1 to 50
 */
export async function traceProvenance(
  ctx: Context,
  id: number,
  { direction, depth }: { readonly direction: 'up' | 'down' | 'both'; readonly depth: number },
): Promise<Provenance> {
  requirePermission(ctx, 'research.access')
  const deepest = Math.min(50, Math.max(1, depth))
  const ways = direction === 'both' ? (['up', 'down'] as const) : ([direction] as const)
  // one step further tells whether there is more
  const found = await Promise.all(ways.map((way) => findRelatives(ctx.db, [id], way, deepest + 1)))
  const reached = found.flat()
  const ids = [...new Set(reached.filter((each) => each.depth <= deepest).map((each) => each.id))]
  const shown = ids.slice(0, MOST_SAMPLES)
  const samples = (await findRecords(ctx, sampleRecord, shown)).map(asSample)
  const known = new Set(samples.map((sample) => sample.id))
  const runs = (await findRunsOf(ctx.db, [...known], MOST_RUNS)).map((run) => ({
    ...run,
    inputs: run.inputs.filter(({ sampleId }) => known.has(sampleId)),
    outputs: run.outputs.filter(({ sampleId }) => known.has(sampleId)),
  }))
  const [types, methods] = await Promise.all([
    findLabels(ctx, sampleTypeRecord, [...new Set(samples.map(({ sampleType }) => sampleType))]),
    findRecords(ctx, methodRecord, [...new Set(runs.flatMap(({ methodId }) => methodId ?? []))]),
  ])
  const methodById = new Map(methods.map((method) => [method.id, method]))
  return {
    root: id,
    samples: samples.map((sample) => ({ ...sample, typeName: types.get(sample.sampleType) ?? '' })),
    runs: runs.map(({ methodId, ...run }) => {
      const method = methodId === null ? undefined : methodById.get(methodId)
      const tolerance = typeof method?.massTolerance === 'number' ? method.massTolerance / 100 : undefined
      const amounts = [run.inputs, run.outputs].map((ends) => ends.map(({ amount }) => amount))
      return {
        ...run,
        method: method ? String(method.name) : null,
        balance: massBalance(amounts[0] ?? [], amounts[1] ?? [], tolerance),
      }
    }),
    isCut: ids.length > shown.length || reached.some((each) => each.depth > deepest),
  }
}
