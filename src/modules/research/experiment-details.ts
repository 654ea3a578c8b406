import { asSystem, type Context, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { equals } from '../../core/query.ts'
import { loadRecord } from '../records/get-record.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { type MassBalance, massBalance } from './domain/mass-balance.ts'
import { toleranceOf } from './make-run.ts'
import { type Experiment, experimentRecord } from './records/experiment.ts'
import { fileRecord, type ResearchFile } from './records/file.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import type { ResearchServices } from './research-services.ts'
import { type FoundRun, findRunsOf, type RunInput, type RunOutput } from './store/runs.ts'
import { asExperiment, asFile, asSample } from './typed-row.ts'
import { writableInstitutes } from './write-scope.ts'

type WithSample<T> = T & { readonly sample: Sample }

export type DetailsOfExperiment = {
  readonly experiment: Experiment
  readonly sample: Sample
  readonly inputs: readonly WithSample<RunInput>[]
  readonly outputs: readonly WithSample<RunOutput>[]
  readonly files: readonly ResearchFile[]
  readonly balance: MassBalance | undefined
  /** what is known now about the equipment on that day */
  readonly statesNow: ReadonlyMap<number, string>
  readonly mayChange: boolean
}

/** Everything that a page about one experiment shows. @throws RefusedError `not-found` */
export async function getExperimentDetails(
  ctx: Context,
  services: ResearchServices,
  id: number,
): Promise<DetailsOfExperiment> {
  requirePermission(ctx, 'research.access')
  const experiment = asExperiment(await loadRecord(ctx, experimentRecord, id))
  const sample = asSample(await loadRecord(ctx, sampleRecord, experiment.sample))
  const page = { order: [], limit: 500, offset: 0 }
  const [runs, files, writable, states] = await Promise.all([
    findRunsOf(ctx.db, [experiment.sample], 10_000),
    listRecords(
      ctx,
      fileRecord,
      { ...page, where: equals('experiment', id) },
      { total: 'none', relations: 'none' },
    ),
    writableInstitutes(ctx, services),
    statesNow(ctx, services, experiment),
  ])
  const run = runs.find(({ experimentId }) => experimentId === id)
  const known = await samplesOf(ctx, run)
  return {
    experiment,
    sample,
    inputs: withSamples(run?.inputs ?? [], known),
    outputs: withSamples(run?.outputs ?? [], known),
    files: files.rows.map(asFile),
    balance:
      run &&
      massBalance(amounts(run.inputs), amounts(run.outputs), await toleranceOf(ctx, experiment.method)),
    statesNow: states,
    mayChange:
      hasPermission(ctx.actor, 'research.experiment.change') &&
      (writable?.includes(sample.institute) ?? true),
  }
}

function amounts(ends: readonly RunOutput[]) {
  return ends.map(({ amount }) => amount)
}

async function samplesOf(ctx: Context, run: FoundRun | undefined): Promise<ReadonlyMap<number, Sample>> {
  const ids = [...(run?.inputs ?? []), ...(run?.outputs ?? [])].map(({ sampleId }) => sampleId)
  return new Map((await findRecords(ctx, sampleRecord, ids)).map((row) => [row.id, asSample(row)]))
}

function withSamples<T extends RunOutput>(
  ends: readonly T[],
  known: ReadonlyMap<number, Sample>,
): readonly WithSample<T>[] {
  return ends.flatMap((end) => {
    const sample = known.get(end.sampleId)
    return sample ? [{ ...end, sample }] : []
  })
}

async function statesNow(
  ctx: Context,
  services: ResearchServices,
  experiment: Experiment,
): Promise<ReadonlyMap<number, string>> {
  const ids = (experiment.equipmentState ?? []).map(({ equipmentId }) => equipmentId)
  if (ids.length === 0) return new Map()
  const endOfDay = new Date(`${experiment.dateCreated}T23:59:59.999Z`)
  const at = endOfDay < ctx.now() ? endOfDay : ctx.now()
  const states = await services.equipmentStates(asSystem(ctx, 'research'), ids, at)
  return new Map([...states].map(([id, { state }]) => [id, state]))
}
