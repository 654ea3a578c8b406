import { asSystem, type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import { invalidInput } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { equipment } from '../equipment/records/equipment.ts'
import { saveReferences } from '../records/attach-references.ts'
import { loadRecord } from '../records/get-record.ts'
import { findRecords } from '../records/list-records.ts'
import { changedMeanwhile } from '../records/save-record.ts'
import type { JsonObject } from './domain/json-value.ts'
import type { KnownEquipmentState } from './domain/known-equipment-state.ts'
import type { StoredFile } from './domain/stored-file.ts'
import { requireNoCycle } from './link-parent.ts'
import { nameFile } from './name-file.ts'
import { type Experiment, experimentRecord } from './records/experiment.ts'
import { fileRecord } from './records/file.ts'
import { runRecord } from './records/run.ts'
import { sampleRecord } from './records/sample.ts'
import { requireVisible } from './require-visible.ts'
import type { ResearchServices } from './research-services.ts'
import { addOwnRow, changeOwnRow } from './save-own-row.ts'
import { retireFiles } from './store/files.ts'
import { findRunOfExperiment, type RunInput, type RunOutput, saveRunEnds } from './store/runs.ts'
import { asExperiment, asSample } from './typed-row.ts'
import { requireInstitute } from './write-scope.ts'

/** What went into an experiment besides its sample, or came out of it. */
export type ExperimentEnd = {
  readonly sampleId: number
  readonly amount?: Quantity | null
  readonly consumed?: boolean
}

export type NewExperiment = {
  readonly name: string
  readonly dateCreated: string
  /** internal id of the sample that it is about */
  readonly sampleId: number
  readonly methodId: number
  readonly staffId: number
  readonly projectId: number
  readonly file?: StoredFile
  readonly notes?: string | null
  readonly equipmentIds?: readonly number[]
  /** all inputs; the sample alone where absent */
  readonly inputs?: readonly ExperimentEnd[]
  readonly outputs?: readonly ExperimentEnd[]
  readonly origin?: JsonObject
}

export type ExperimentChange = Partial<Omit<NewExperiment, 'origin'>>

/**
 * Records an experiment. The state of its equipment is stored as it is known now.
 *
 * @throws RefusedError `invalid-input`; `conflict` if something would come out of what it went into
 */
export function recordExperiment(
  ctx: Context,
  services: ResearchServices,
  input: NewExperiment,
): Promise<Experiment> {
  requirePermission(ctx, 'research.experiment.add')
  return inTransaction(ctx, async (tx) => {
    await requireVisible(tx, input)
    await requireWritableSample(tx, services, input.sampleId)
    const states = await equipmentStatesNow(tx, services, input.equipmentIds ?? [], input.dateCreated)
    const id = await addOwnRow(tx, experimentRecord, {
      name: input.name,
      dateCreated: input.dateCreated,
      sample: input.sampleId,
      method: input.methodId,
      staff: input.staffId,
      project: input.projectId,
      user: actingUserId(tx.actor),
      notes: input.notes ?? null,
      experimentFile: null,
      equipmentState: states,
      origin: input.origin ?? null,
      binnedAt: null,
      binnedBy: null,
    })
    await saveEquipment(tx, id, input.equipmentIds ?? [])
    if (input.file) await addExperimentFile(tx, id, input.file)
    const runId = await addOwnRow(tx, runRecord, {
      name: input.name,
      kind: 'experiment',
      project: input.projectId,
      method: input.methodId,
      experiment: id,
      performedOn: input.dateCreated,
      notes: null,
    })
    await saveEnds(tx, services, runId, input)
    const experiment = asExperiment(await loadRecord(tx, experimentRecord, id))
    await recordAudit(tx, {
      action: 'research.experiment.add',
      record: experimentRecord.name,
      recordId: id,
      after: experiment,
    })
    return experiment
  })
}

/** Changes an experiment; a new file makes the old one an earlier version. */
export function changeExperiment(
  ctx: Context,
  services: ResearchServices,
  id: number,
  change: ExperimentChange,
  options: { readonly version?: number; readonly reason?: string } = {},
): Promise<Experiment> {
  requirePermission(ctx, 'research.experiment.change')
  return inTransaction(ctx, async (tx) => {
    const row = await loadRecord(tx, experimentRecord, id)
    const before = asExperiment(row)
    if (options.version !== undefined && options.version !== before.version)
      throw changedMeanwhile(experimentRecord, row)
    await requireVisible(tx, change)
    await requireWritableSample(tx, services, before.sample)
    if (change.sampleId !== undefined) await requireWritableSample(tx, services, change.sampleId)
    const states =
      change.equipmentIds &&
      (await equipmentStatesNow(tx, services, change.equipmentIds, change.dateCreated ?? before.dateCreated))
    await changeOwnRow(tx, experimentRecord, before, changedValues(change, states))
    if (change.equipmentIds) await saveEquipment(tx, id, change.equipmentIds)
    if (change.file) await addExperimentFile(tx, id, change.file)
    const after = asExperiment(await loadRecord(tx, experimentRecord, id))
    await changeRun(tx, services, after, change)
    await recordAudit(tx, {
      action: 'research.experiment.change',
      record: experimentRecord.name,
      recordId: id,
      before,
      after,
      reason: options.reason,
    })
    return after
  })
}

function changedValues(
  change: ExperimentChange,
  states: readonly KnownEquipmentState[] | undefined,
): Record<string, unknown> {
  const values = {
    name: change.name,
    dateCreated: change.dateCreated,
    sample: change.sampleId,
    method: change.methodId,
    staff: change.staffId,
    project: change.projectId,
    notes: change.notes,
    equipmentState: states,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

async function changeRun(
  tx: Context,
  services: ResearchServices,
  after: Experiment,
  change: ExperimentChange,
): Promise<void> {
  if (change.sampleId === undefined && change.inputs === undefined && change.outputs === undefined) return
  const runId = await findRunOfExperiment(tx.db, after.id)
  if (runId === undefined) return
  await saveEnds(tx, services, runId, { ...change, sampleId: after.sample })
}

async function requireWritableSample(tx: Context, services: ResearchServices, id: number): Promise<void> {
  const [row] = await findRecords(tx, sampleRecord, [id])
  if (!row) throw invalidInput('sample', `There is no sample ${id}.`)
  await requireInstitute(tx, services, asSample(row).institute)
}

/** The sample that an experiment is about always goes into it. */
async function saveEnds(
  tx: Context,
  services: ResearchServices,
  runId: number,
  { sampleId, inputs = [], outputs = [] }: Pick<NewExperiment, 'sampleId' | 'inputs' | 'outputs'>,
): Promise<void> {
  const given = inputs.some((input) => input.sampleId === sampleId) ? inputs : [{ sampleId }, ...inputs]
  const ends = {
    inputs: given.map(
      (end): RunInput => ({
        sampleId: end.sampleId,
        amount: end.amount ?? null,
        consumed: end.consumed ?? false,
      }),
    ),
    outputs: outputs.map((end): RunOutput => ({ sampleId: end.sampleId, amount: end.amount ?? null })),
  }
  const ids = [...ends.inputs, ...ends.outputs].map((end) => end.sampleId)
  if (new Set(ids).size !== ids.length) throw invalidInput('inputs', 'A sample stands here twice.')
  const found = await findRecords(tx, sampleRecord, ids)
  if (found.length !== ids.length) throw invalidInput('inputs', 'One of the samples does not exist.')
  for (const output of ends.outputs) await requireWritableSample(tx, services, output.sampleId)
  await requireNoCycle(tx, ends)
  await saveRunEnds(tx.db, runId, ends)
}

async function equipmentStatesNow(
  tx: Context,
  services: ResearchServices,
  ids: readonly number[],
  day: string,
): Promise<readonly KnownEquipmentState[]> {
  if (ids.length === 0) return []
  const system = asSystem(tx, 'research')
  const rows = await findRecords(system, equipment, ids)
  if (rows.length !== new Set(ids).size) throw invalidInput('equipment', 'One of these does not exist.')
  // the end of the day, so that QA of the same morning counts
  const now = tx.now()
  const endOfDay = new Date(`${day}T23:59:59.999Z`)
  const states = await services.equipmentStates(system, ids, endOfDay < now ? endOfDay : now)
  return rows.map((row) => {
    const found = states.get(row.id)
    return {
      equipmentId: row.id,
      name: String(row.name),
      state: found?.state ?? 'unknown',
      reasons: (found?.reasons ?? []).map(({ text }) => text),
      knownAt: now.toISOString(),
      on: day,
    }
  })
}

async function saveEquipment(tx: Context, experimentId: number, ids: readonly number[]): Promise<void> {
  const { through } = experimentRecord.fields.equipment
  if (through) await saveReferences(tx.db, through, experimentId, [...new Set(ids)])
}

async function addExperimentFile(tx: Context, id: number, file: StoredFile): Promise<void> {
  await retireFiles(tx.db, 'experiment_file', { kind: 'experiment', id })
  await addOwnRow(tx, fileRecord, {
    kind: 'experiment_file',
    sample: null,
    experiment: id,
    method: null,
    project: null,
    name: file.name,
    sha256: file.sha256,
    size: file.bytes,
    mediaType: file.mediaType,
    current: true,
  })
  const row = asExperiment(await loadRecord(tx, experimentRecord, id))
  const name = nameFile(id, file.name)
  if (row.experimentFile !== name) await changeOwnRow(tx, experimentRecord, row, { experimentFile: name })
}
