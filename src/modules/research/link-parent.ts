import type { Context } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import { runRecord } from './records/run.ts'
import { addOwnRow } from './save-own-row.ts'
import { deleteImpliedRun, findRelatives, type RunEnds, saveRunEnds } from './store/runs.ts'

export const OWN_ANCESTOR = 'A sample cannot be its own ancestor.'

/** Says that a sample came from another one, by a step of which nothing more is known. */
export async function linkParent(
  tx: Context,
  sample: {
    readonly id: number
    readonly name: string
    readonly parentId: number
    readonly projectId: number
    readonly methodId: number | null
    readonly dateCreated: string
  },
): Promise<void> {
  const ends: RunEnds = {
    inputs: [{ sampleId: sample.parentId, amount: null, consumed: false }],
    outputs: [{ sampleId: sample.id, amount: null }],
  }
  await requireNoCycle(tx, ends)
  const runId = await addOwnRow(tx, runRecord, {
    name: sample.name,
    kind: 'implied',
    project: sample.projectId,
    method: sample.methodId,
    experiment: null,
    performedOn: sample.dateCreated,
    notes: null,
  })
  await saveRunEnds(tx.db, runId, ends)
}

/** Makes another sample the parent, or none. */
export async function relinkParent(
  tx: Context,
  sample: Omit<Parameters<typeof linkParent>[1], 'parentId'> & { readonly parentId: number | null },
): Promise<void> {
  await deleteImpliedRun(tx.db, sample.id)
  if (sample.parentId === null) return
  await linkParent(tx, { ...sample, parentId: sample.parentId })
}

/** @throws RefusedError `conflict` if something would come out of a step that it goes into, by any way */
export async function requireNoCycle(tx: Context, { inputs, outputs }: RunEnds): Promise<void> {
  const inputIds = new Set(inputs.map(({ sampleId }) => sampleId))
  const descendants = await findRelatives(
    tx.db,
    outputs.map(({ sampleId }) => sampleId),
    'down',
  )
  if (descendants.some(({ id }) => inputIds.has(id)))
    throw new RefusedError({ kind: 'conflict', field: 'parent', reason: OWN_ANCESTOR })
}
