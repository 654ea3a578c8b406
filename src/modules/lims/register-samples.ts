import { asSystem, type Context, inTransaction, requirePermission } from '../../context.ts'
import { localTimeAt } from '../../core/calendar.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findRecords } from '../records/list-records.ts'
import { allocateIdentifiers } from './allocate-identifiers.ts'
import { moveTargets } from './do-transition.ts'
import type { IdentifierParts } from './domain/identifier-format.ts'
import { findObjectType, type ObjectType } from './domain/object-types.ts'
import type { SampleState } from './domain/workflow/states.ts'
import { type LimsSettings, limsSettings } from './lims-settings.ts'
import { insertLiving } from './living.ts'
import { newAnalysis } from './new-analyses.ts'
import { newUid } from './object-hook.ts'
import { analysis } from './records/analysis.ts'
import { container } from './records/container.ts'
import { partition } from './records/partition.ts'
import { request } from './records/request.ts'
import { sample } from './records/sample.ts'
import { type NewRequest, REQUEST_FIELDS, SAMPLE_FIELDS } from './registering/new-request.ts'
import { type PlannedRequest, planRequest } from './registering/plan-request.ts'
import { findPartitionIds } from './store/partitions.ts'

/** What registering one sample made. */
export type RegisteredSample = {
  readonly requestId: number
  readonly sampleId: number
  /** identifier, UID and path of the request */
  readonly request: Place
  readonly sample: Place
  readonly analyses: readonly {
    readonly id: number
    readonly keyword: string
    readonly uid: string
    readonly path: string
  }[]
}

type Place = { readonly objectId: string; readonly uid: string; readonly path: string }

/** Samples that one request may register. */
const MOST_AT_ONCE = 500

/**
 * Registers samples with their requests, partitions and analyses: all of them or none. Identifiers have no gaps.
 *
 * @throws RefusedError `invalid-input` whose fields begin with the position of the sample where there are several
 * @see specification 1.9
 */
export async function registerSamples(
  ctx: Context,
  given: readonly NewRequest[],
): Promise<readonly RegisteredSample[]> {
  requirePermission(ctx, 'lims.sample.register')
  if (given.length > MOST_AT_ONCE)
    throw invalidInput('', `At most ${MOST_AT_ONCE} samples are registered at once.`)
  return inTransaction(ctx, async (tx) => {
    const settings = await limsSettings(tx)
    const plans: PlannedRequest[] = []
    for (const [index, each] of given.entries())
      plans.push(await planNamed(tx, each, given.length > 1 ? index : undefined))
    const registered: RegisteredSample[] = []
    for (const plan of plans) registered.push(await registerOne(tx, settings, plan))
    if (settings.autoReceiveSamples) await receiveAll(tx, registered)
    return registered
  })
}

/** Problems of one sample among several carry its position. */
async function planNamed(tx: Context, given: NewRequest, index: number | undefined): Promise<PlannedRequest> {
  try {
    return await planRequest(tx, given)
  } catch (error) {
    if (index === undefined || !(error instanceof RefusedError) || error.refusal.kind !== 'invalid-input')
      throw error
    const problems = error.refusal.problems.map(({ field, problem }) => ({
      field: `${index}.${field}`,
      problem,
    }))
    throw new RefusedError({ kind: 'invalid-input', problems })
  }
}

async function receiveAll(tx: Context, registered: readonly RegisteredSample[]): Promise<void> {
  await moveTargets(
    asSystem(tx, 'reception'),
    registered.map(({ sampleId: id }) => ({ kind: 'sample', id })),
    'receive',
    {},
  )
}

async function registerOne(
  tx: Context,
  settings: LimsSettings,
  plan: PlannedRequest,
): Promise<RegisteredSample> {
  const state = await firstState(tx, settings, plan)
  const material = plan.sample
    ? placeOf(plan.sample.id, plan.sample)
    : await makeSample(tx, settings, plan, state)
  const partitionIds = plan.sample
    ? await findPartitionIds(tx.db, material.id)
    : await makePartitions(tx, plan, material, state)
  const made = await makeRequest(tx, plan, material, state)
  const bulkPrice = plan.client.bulkDiscount === true
  const { reportDryMatter = false } = plan.given
  const received = state === 'sample_received'
  const rows = plan.services.map((offered) =>
    newAnalysis(
      offered,
      {
        requestId: made.id,
        requestPath: made.path,
        partitionId: partitionOf(plan, partitionIds, offered.row.id),
        state,
        dueDate:
          received && offered.snapshot.maxTimeAllowedS !== null
            ? new Date(tx.now().getTime() + offered.snapshot.maxTimeAllowedS * 1000)
            : null,
        bulkPrice,
        reportDryMatter,
        hidden: plan.hidden,
      },
      settings,
    ),
  )
  const ids = await insertLiving(tx, analysis, rows)
  await recordAudit(tx, {
    action: 'lims.request.register',
    record: request.name,
    recordId: made.id,
    after: {
      id: made.objectId,
      sample: material.objectId,
      state,
      analyses: rows.map(({ keyword }) => keyword),
    },
  })
  return {
    requestId: made.id,
    sampleId: material.id,
    request: made,
    sample: material,
    analyses: rows.map((row, index) => ({
      id: ids[index] ?? 0,
      keyword: String(row.keyword),
      uid: row.uid,
      path: row.path,
    })),
  }
}

/** A second request about a sample that is there already starts as far as the sample is. */
async function firstState(tx: Context, settings: LimsSettings, plan: PlannedRequest): Promise<SampleState> {
  if (plan.sample) {
    if (plan.sample.cancelled === true) throw invalidInput('sample', 'This sample is cancelled.')
    const state = plan.sample.state as SampleState
    if (state === 'expired' || state === 'disposed' || state === 'rejected')
      throw invalidInput('sample', 'This sample cannot be analysed any more.')
    return state === 'sample_prep' ? 'sample_received' : state
  }
  if (plan.given.samplingWorkflowEnabled ?? settings.samplingWorkflowEnabled) return 'to_be_sampled'
  const containers = new Map(
    (
      await findRecords(
        tx,
        container,
        plan.partitions.flatMap(({ container: id }) => id ?? []),
      )
    ).map((row) => [row.id, row.prePreserved === true]),
  )
  const waits = plan.partitions.some((each) => each.preservation && !containers.get(each.container ?? 0))
  return waits ? 'to_be_preserved' : 'sample_due'
}

type Made = Place & { readonly id: number }

function placeOf(id: number, row: Readonly<Record<string, unknown>>): Made {
  return { id, objectId: String(row.objectId), uid: String(row.uid), path: String(row.path) }
}

function typeNamed(type: string): ObjectType {
  const found = findObjectType(type)
  if (!found) throw new Error(`${type} is no type of object`)
  return found
}

async function makeSample(
  tx: Context,
  settings: LimsSettings,
  plan: PlannedRequest,
  state: SampleState,
): Promise<Made> {
  const { given, sampleType, client } = plan
  const [objectId = ''] = await allocateIdentifiers(tx, typeNamed('Sample'), [identifierParts(tx, plan)])
  const row = {
    ...pick(given, SAMPLE_FIELDS),
    uid: newUid(),
    objectId,
    path: `${String(client.path)}/${objectId}`,
    client: client.id,
    sampleType: sampleType.id,
    samplingWorkflowEnabled: given.samplingWorkflowEnabled ?? settings.samplingWorkflowEnabled,
    disposalDate: disposalDate(
      given.dateSampled ?? given.samplingDate ?? tx.now(),
      Number(sampleType.retentionPeriod ?? 0),
      settings,
    ),
    state,
  }
  const [id = 0] = await insertLiving(tx, sample, [row])
  return placeOf(id, row)
}

function disposalDate(from: Date, retentionS: number, { defaultSampleLifetimeDays }: LimsSettings): Date {
  const seconds = retentionS > 0 ? retentionS : defaultSampleLifetimeDays * 86_400
  return new Date(from.getTime() + seconds * 1000)
}

function identifierParts(tx: Context, { given, sampleType, client }: PlannedRequest): IdentifierParts {
  const now = localTimeAt(tx.now(), tx.zone)
  const sampled = given.dateSampled ?? given.samplingDate
  return {
    sampleType: String(sampleType.prefix),
    clientId: String(client.clientId),
    year: String(now.year).slice(-2),
    portal_type: 'Sample',
    ...(given.samplingDate ? { samplingDate: localTimeAt(given.samplingDate, tx.zone) } : {}),
    ...(sampled ? { dateSampled: localTimeAt(sampled, tx.zone) } : {}),
  }
}

async function makePartitions(
  tx: Context,
  plan: PlannedRequest,
  material: Made,
  state: SampleState,
): Promise<readonly number[]> {
  const ids = await allocateIdentifiers(
    tx,
    typeNamed('SamplePartition'),
    plan.partitions.map(() => ({ sampleId: material.objectId })),
  )
  return insertLiving(
    tx,
    partition,
    plan.partitions.map((each, index) => {
      const objectId = ids[index] ?? ''
      const container = each.container ?? null
      const preservation = each.preservation ?? null
      const own = state === 'to_be_preserved' && preservation === null ? 'sample_due' : state
      return {
        uid: newUid(),
        objectId,
        path: `${material.path}/${objectId}`,
        sample: material.id,
        container,
        preservation,
        state: own,
      }
    }),
  )
}

function partitionOf(
  { partitions }: PlannedRequest,
  ids: readonly number[],
  serviceId: number,
): number | null {
  const at = partitions.findIndex(({ services }) => services?.includes(serviceId))
  return ids[Math.max(at, 0)] ?? ids[0] ?? null
}

async function makeRequest(
  tx: Context,
  plan: PlannedRequest,
  material: Made,
  state: SampleState,
): Promise<Made> {
  const { given, client, specification } = plan
  const [objectId = ''] = await allocateIdentifiers(tx, typeNamed('AnalysisRequest'), [
    { ...identifierParts(tx, plan), sampleId: material.objectId },
  ])
  const row = {
    ...pick(given, REQUEST_FIELDS),
    uid: newUid(),
    objectId,
    path: `${String(client.path)}/${objectId}`,
    client: client.id,
    contact: given.contact,
    sample: material.id,
    template: given.template ?? null,
    profiles: plan.profiles,
    specification: specification?.id ?? null,
    resultsRange: plan.resultsRange,
    dateReceived: state === 'sample_received' ? tx.now() : null,
    dueDate: state === 'sample_received' ? latestDue(tx, plan) : null,
    state,
  }
  const [id = 0] = await insertLiving(tx, request, [row])
  return placeOf(id, row)
}

function latestDue(tx: Context, { services }: PlannedRequest): Date | null {
  const times = services.flatMap(({ snapshot }) => snapshot.maxTimeAllowedS ?? [])
  return times.length === 0 ? null : new Date(tx.now().getTime() + Math.max(...times) * 1000)
}

/** The fields among these that are given. */
function pick(given: NewRequest, names: readonly (keyof NewRequest)[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
}
