import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { loadRecord } from '../records/get-record.ts'
import { experimentRecord } from './records/experiment.ts'
import { sampleRecord } from './records/sample.ts'
import type { ResearchServices } from './research-services.ts'
import { type BinnedThing, findBinned, moveToBin, takeFromBin } from './store/bin.ts'
import { countDependents, findLivingSample } from './store/samples.ts'
import { asExperiment, asSample } from './typed-row.ts'
import { requireInstitute } from './write-scope.ts'

/** How long what was put into the bin can be taken out again. */
export const BIN_DAYS = 30

/**
 * Puts a sample into the bin, which frees its id.
 *
 * @throws RefusedError `conflict` naming what refers to it
 */
export async function binSample(ctx: Context, services: ResearchServices, id: number): Promise<void> {
  requirePermission(ctx, 'research.sample.remove')
  await inTransaction(ctx, async (tx) => {
    const before = asSample(await loadRecord(tx, sampleRecord, id))
    await requireInstitute(tx, services, before.institute)
    const { samples, experiments } = await countDependents(tx.db, id)
    if (samples + experiments > 0)
      throw new RefusedError({
        kind: 'conflict',
        reason: `Cannot delete this sample: it is referenced by ${counted(samples, 'sample')} and ${counted(experiments, 'experiment')}.`,
      })
    await moveToBin(tx.db, 'research_sample', id, tx.now(), actingUserId(tx.actor))
    await recordAudit(tx, {
      action: 'research.sample.remove',
      record: sampleRecord.name,
      recordId: id,
      before,
    })
  })
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

export async function binExperiment(ctx: Context, services: ResearchServices, id: number): Promise<void> {
  requirePermission(ctx, 'research.experiment.remove')
  await inTransaction(ctx, async (tx) => {
    const before = asExperiment(await loadRecord(tx, experimentRecord, id))
    const sample = asSample(await loadRecord(tx, sampleRecord, before.sample))
    await requireInstitute(tx, services, sample.institute)
    await moveToBin(tx.db, 'research_experiment', id, tx.now(), actingUserId(tx.actor))
    await recordAudit(tx, {
      action: 'research.experiment.remove',
      record: experimentRecord.name,
      recordId: id,
      before,
    })
  })
}

/** What is in the bin, the newest first. */
export async function listBin(ctx: Context): Promise<readonly BinnedThing[]> {
  requirePermission(ctx, 'research.sample.remove')
  return findBinned(ctx.db, ctx.actor, 500)
}

/** @throws RefusedError `not-found`; `conflict` if its id was given to another sample meanwhile */
export async function restoreFromBin(ctx: Context, kind: 'sample' | 'experiment', id: number): Promise<void> {
  requirePermission(ctx, `research.${kind}.remove`)
  await inTransaction(ctx, async (tx) => {
    const binned = (await findBinned(tx.db, tx.actor, 10_000)).find(
      (thing) => thing.kind === kind && thing.id === id,
    )
    if (!binned) throw new RefusedError({ kind: 'not-found', what: `${kind} in the bin`, id })
    if (kind === 'sample' && (await findLivingSample(tx.db, binned.title)) !== undefined)
      throw new RefusedError({
        kind: 'conflict',
        reason: `Another sample has the id ${binned.title} by now.`,
      })
    await takeFromBin(tx.db, `research_${kind}`, id)
    await recordAudit(tx, {
      action: `research.${kind}.restore`,
      record: `research.${kind}`,
      recordId: id,
      after: binned,
    })
  })
}
