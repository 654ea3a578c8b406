import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findRecord } from '../records/get-record.ts'
import { findRecords } from '../records/list-records.ts'
import { type MassBalance, mainInput, massBalance } from './domain/mass-balance.ts'
import { requireNoCycle } from './link-parent.ts'
import { methodRecord } from './records/method.ts'
import { runRecord } from './records/run.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { type NewSample, registerSample } from './register-sample.ts'
import { requireVisible } from './require-visible.ts'
import type { ResearchServices } from './research-services.ts'
import { addOwnRow } from './save-own-row.ts'
import { type RunInput, saveRunEnds } from './store/runs.ts'

/** A step that makes new samples of others. */
export type NewRun = {
  readonly kind: 'split' | 'pool' | 'derive'
  readonly name: string | null
  readonly performedOn: string
  readonly projectId: number
  readonly methodId: number | null
  readonly notes: string | null
  readonly inputs: readonly RunInput[]
  readonly outputs: readonly Omit<NewSample, 'parentId' | 'methodId'>[]
}

export type MadeRun = {
  readonly id: number
  readonly outputs: readonly Sample[]
  readonly balance: MassBalance | undefined
}

const MOST_OUTPUTS = 500

/**
 * Splits, pools or derives samples: all outputs are registered with the step, or nothing is. Their parent is the input
 * with the largest amount.
 *
 * @throws RefusedError `invalid-input`, also for a split of several samples and a pool of one
 */
export function makeRun(ctx: Context, services: ResearchServices, run: NewRun): Promise<MadeRun> {
  requirePermission(ctx, 'research.sample.change')
  requireEnds(run)
  return inTransaction(ctx, async (tx) => {
    await requireVisible(tx, run)
    const found = await findRecords(
      tx,
      sampleRecord,
      run.inputs.map(({ sampleId }) => sampleId),
    )
    if (found.length !== run.inputs.length) throw invalidInput('inputs', 'One of the samples does not exist.')
    const parentId = mainInput(run.inputs)?.sampleId ?? null
    const outputs: Sample[] = []
    for (const output of run.outputs) {
      const sample = { ...output, parentId, methodId: run.methodId }
      outputs.push(await registerSample(tx, services, sample, { violations: 'refuse', parentStep: 'none' }))
    }
    const ends = {
      inputs: run.inputs,
      outputs: outputs.map(({ id, amount }) => ({ sampleId: id, amount })),
    }
    await requireNoCycle(tx, ends)
    const id = await addOwnRow(tx, runRecord, {
      name: run.name ?? WORDS[run.kind],
      kind: run.kind,
      project: run.projectId,
      method: run.methodId,
      experiment: null,
      performedOn: run.performedOn,
      notes: run.notes,
    })
    await saveRunEnds(tx.db, id, ends)
    await recordAudit(tx, {
      action: `research.sample.${run.kind}`,
      record: runRecord.name,
      recordId: id,
      after: ends,
    })
    const tolerance = await toleranceOf(tx, run.methodId)
    return {
      id,
      outputs,
      balance: massBalance(
        ends.inputs.map(({ amount }) => amount),
        ends.outputs.map(({ amount }) => amount),
        tolerance,
      ),
    }
  })
}

const WORDS = { split: 'Splitting', pool: 'Pooling', derive: 'Derivation' } as const

function requireEnds({ kind, inputs, outputs }: NewRun): void {
  if (inputs.length === 0) throw invalidInput('inputs', 'A step needs something that goes into it.')
  if (outputs.length === 0) throw invalidInput('outputs', 'A step needs something that comes out of it.')
  if (outputs.length > MOST_OUTPUTS || inputs.length > MOST_OUTPUTS)
    throw invalidInput('outputs', `A step has ${MOST_OUTPUTS} samples at most.`)
  if (kind === 'split' && inputs.length > 1) throw invalidInput('inputs', 'One sample is split at a time.')
  if (kind === 'pool' && inputs.length < 2) throw invalidInput('inputs', 'At least two samples are pooled.')
  if (kind === 'pool' && outputs.length > 1) throw invalidInput('outputs', 'Pooling gives one sample.')
  if (new Set(inputs.map(({ sampleId }) => sampleId)).size < inputs.length)
    throw invalidInput('inputs', 'A sample stands here twice.')
}

/** What a method may lose or gain, as a share of 1. */
export async function toleranceOf(ctx: Context, methodId: number | null): Promise<number | undefined> {
  const method = methodId === null ? undefined : await findRecord(ctx, methodRecord, methodId)
  return typeof method?.massTolerance === 'number' ? method.massTolerance / 100 : undefined
}
