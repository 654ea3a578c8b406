import type { Context } from '../../../context.ts'
import type { RecordType } from '../../../core/record.ts'
import { userRecord } from '../../../modules/access/records/user.ts'
import { findLabels } from '../../../modules/records/find-labels.ts'
import type { MassBalance } from '../../../modules/research/domain/mass-balance.ts'
import type { DetailsOfExperiment } from '../../../modules/research/experiment-details.ts'
import type { ResearchFile } from '../../../modules/research/records/file.ts'
import { instituteRecord } from '../../../modules/research/records/institute.ts'
import { methodRecord } from '../../../modules/research/records/method.ts'
import { projectRecord } from '../../../modules/research/records/project.ts'
import type { Sample } from '../../../modules/research/records/sample.ts'
import { sampleTypeRecord } from '../../../modules/research/records/sample-type.ts'
import { staffRecord } from '../../../modules/research/records/staff.ts'
import type { DetailsOfSample } from '../../../modules/research/sample-details.ts'
import type { Provenance } from '../../../modules/research/trace-provenance.ts'

type LinkOf = (record: RecordType, id: number) => { readonly id: number; readonly label: string }

/** Looks labels up in one statement for each record. */
async function linksOf(
  ctx: Context,
  wanted: readonly (readonly [RecordType, readonly (number | null)[]])[],
): Promise<LinkOf> {
  const found = await Promise.all(
    wanted.map(async ([record, ids]) => {
      const present = [...new Set(ids.filter((id) => id !== null))]
      return [record.name, await findLabels(ctx, record, present)] as const
    }),
  )
  const labels = new Map(found)
  return (record, id) => ({ id, label: labels.get(record.name)?.get(id) ?? String(id) })
}

export function presentSampleLink({ id, sampleId, name }: Sample) {
  return { id, sampleId, name }
}

export function presentBalance(balance: MassBalance | undefined) {
  return balance ? { ...balance, withinTolerance: balance.withinTolerance ?? null } : null
}

export function presentFile({ id, kind, name, size, mediaType, sha256, current, createdAt }: ResearchFile) {
  return {
    id,
    kind,
    name,
    size,
    mediaType,
    sha256,
    current,
    createdAt: createdAt.toISOString(),
    href: `/api/v1/research/files/${id}/content`,
  }
}

export async function presentSampleDetails(ctx: Context, details: DetailsOfSample) {
  const { sample, type, version, experiments, revisions } = details
  const link = await linksOf(ctx, [
    [instituteRecord, [sample.institute]],
    [projectRecord, [sample.project]],
    [methodRecord, [sample.method, ...experiments.map(({ method }) => method)]],
    [userRecord, [sample.user, ...revisions.map(({ byId }) => byId)]],
  ])
  return {
    id: sample.id,
    version: sample.version,
    sampleId: sample.sampleId,
    name: sample.name,
    state: sample.state,
    dateCreated: sample.dateCreated,
    registeredAt: sample.createdAt.toISOString(),
    sampleType: { id: type.id, label: type.name },
    typeVersion: {
      id: version.id,
      label: version.label,
      schema: version.schema,
      layout: version.layout,
      isCurrent: type.currentVersion === version.id,
    },
    institute: link(instituteRecord, sample.institute),
    project: link(projectRecord, sample.project),
    method: sample.method === null ? null : link(methodRecord, sample.method),
    user: sample.user === null ? null : link(userRecord, sample.user),
    location: sample.location,
    amount: sample.amount,
    amountLeft: details.amountLeft,
    info: sample.info,
    warnings: sample.warnings ?? [],
    revision: sample.revision,
    parent: details.parent ? presentSampleLink(details.parent) : null,
    children: details.children.map(presentSampleLink),
    experiments: experiments.map(({ id, name, dateCreated, method }) => ({
      id,
      name,
      dateCreated,
      method: link(methodRecord, method),
    })),
    files: details.files.map(presentFile),
    revisions: revisions.map(({ revision, at, byId, reason, info }) => ({
      revision,
      at: at.toISOString(),
      by: byId === null ? null : link(userRecord, byId),
      reason,
      info,
    })),
    mayChange: details.mayChange,
  }
}

export async function presentSampleRows(ctx: Context, samples: readonly Sample[]) {
  const link = await linksOf(ctx, [
    [sampleTypeRecord, samples.map(({ sampleType }) => sampleType)],
    [instituteRecord, samples.map(({ institute }) => institute)],
    [projectRecord, samples.map(({ project }) => project)],
  ])
  return samples.map((sample) => ({
    id: sample.id,
    sampleId: sample.sampleId,
    name: sample.name,
    state: sample.state,
    dateCreated: sample.dateCreated,
    sampleType: link(sampleTypeRecord, sample.sampleType),
    institute: link(instituteRecord, sample.institute),
    project: link(projectRecord, sample.project),
    info: sample.info,
    warningCount: sample.warningCount,
  }))
}

export async function presentExperimentDetails(ctx: Context, details: DetailsOfExperiment) {
  const { experiment, statesNow } = details
  const link = await linksOf(ctx, [
    [methodRecord, [experiment.method]],
    [staffRecord, [experiment.staff]],
    [projectRecord, [experiment.project]],
    [userRecord, [experiment.user]],
  ])
  return {
    id: experiment.id,
    version: experiment.version,
    name: experiment.name,
    dateCreated: experiment.dateCreated,
    registeredAt: experiment.createdAt.toISOString(),
    sample: presentSampleLink(details.sample),
    method: link(methodRecord, experiment.method),
    staff: link(staffRecord, experiment.staff),
    project: link(projectRecord, experiment.project),
    user: experiment.user === null ? null : link(userRecord, experiment.user),
    notes: experiment.notes,
    inputs: details.inputs.map(({ sample, amount, consumed }) => ({
      ...presentSampleLink(sample),
      amount,
      consumed,
    })),
    outputs: details.outputs.map(({ sample, amount }) => ({ ...presentSampleLink(sample), amount })),
    equipment: (experiment.equipmentState ?? []).map(({ equipmentId, name, state, reasons, knownAt }) => ({
      id: equipmentId,
      name,
      state,
      reasons,
      knownAt,
      stateNow: statesNow.get(equipmentId) ?? null,
    })),
    files: details.files.map(presentFile),
    balance: presentBalance(details.balance),
    mayChange: details.mayChange,
  }
}

export function presentProvenance({ root, samples, runs, isCut }: Provenance) {
  const nodes = [
    ...samples.map((sample) => ({
      id: `sample-${sample.id}`,
      kind: 'sample' as const,
      key: sample.id,
      sampleId: sample.sampleId,
      name: sample.name,
      sampleType: sample.typeName,
      state: sample.state,
      isRoot: sample.id === root,
      info: sample.info,
    })),
    ...runs.map((run) => ({
      id: `run-${run.id}`,
      kind: 'run' as const,
      runKind: run.kind,
      name: run.name,
      method: run.method,
      performedOn: run.performedOn,
      experimentId: run.experimentId,
      balance: presentBalance(run.balance),
    })),
  ]
  const edges = runs.flatMap((run) => [
    ...run.inputs.map(({ sampleId, amount }) => ({
      from: `sample-${sampleId}`,
      to: `run-${run.id}`,
      amount,
    })),
    ...run.outputs.map(({ sampleId, amount }) => ({
      from: `run-${run.id}`,
      to: `sample-${sampleId}`,
      amount,
    })),
  ])
  return { nodes, edges, isCut }
}
