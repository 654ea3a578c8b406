import {
  analysesOfRequest,
  type BenchAnalysis,
  change,
  entity,
  isActive,
  partitionsOfSample,
  requestsOfSample,
  type Work,
} from './bench.ts'
import { findMove } from './machine.ts'
import { noSuchAction } from './move-analysis.ts'
import { followAnalyses, followResults } from './promote.ts'
import type { SampleState } from './states.ts'
import { isBeforeReception, NEVER_CANCELLED, SAMPLE_MACHINE } from './tables.ts'

/** Why a sample may not be moved so; undefined when it may. */
export function refuseSample(work: Work, id: number, moveId: string): string | undefined {
  const sample = entity(work.samples, id)
  if (moveId === 'cancel' || moveId === 'reinstate')
    return refuseCancel(
      work,
      sample,
      moveId,
      requestsOfSample(work, id).map(({ state }) => state),
    )
  const move = findMove(SAMPLE_MACHINE, moveId, sample.state)
  if (!move || sample.cancelled || !move.permissions.some(work.facts.can)) return noSuchAction(moveId)
  return refuseSampling(work, id, moveId)
}

/** What sampling asks for besides the state. */
export function refuseSampling(work: Work, sampleId: number, moveId: string): string | undefined {
  const sample = entity(work.samples, sampleId)
  if (moveId === 'schedule_sampling') {
    if (!work.facts.settings.scheduleSampling) return noSuchAction(moveId)
    return sample.scheduledSamplingSampler && sample.samplingDate
      ? undefined
      : 'sampler and sampling date are missing'
  }
  if (moveId === 'sample')
    return sample.sampler && sample.dateSampled ? undefined : 'sampler and date of sampling are missing'
  if (moveId === 'reject')
    return work.facts.settings.rejectionReasons.length > 0 ? undefined : noSuchAction(moveId)
  return undefined
}

/** Cancelling and reinstating: until reception also for clerks and the client's contact, never from verified on. */
export function refuseCancel(
  work: Work,
  { state, cancelled }: { readonly state: string; readonly cancelled: boolean },
  moveId: 'cancel' | 'reinstate',
  requestStates: readonly string[],
): string | undefined {
  if (cancelled !== (moveId === 'reinstate')) return noSuchAction(moveId)
  if ([state, ...requestStates].some((each) => NEVER.has(each))) return noSuchAction(moveId)
  const { can } = work.facts
  const allowed = can('lims.sample.cancel') || (isBeforeReception(state) && can('lims.sample.cancel-due'))
  return allowed ? undefined : noSuchAction(moveId)
}

const NEVER: ReadonlySet<string> = new Set([...NEVER_CANCELLED, 'expired', 'disposed'])

/** Moves a sample with its partitions, its requests and their analyses. */
export function moveSample(work: Work, id: number, moveId: string): void {
  switch (moveId) {
    case 'schedule_sampling':
      shift(work, id, ['to_be_sampled'], 'scheduled_sampling')
      break
    case 'sample':
      take(work, id)
      break
    case 'preserve':
      preserve(work, id)
      break
    case 'receive':
      receive(work, id)
      break
    case 'sample_prep':
      shift(work, id, ['sample_received'], 'sample_prep')
      break
    case 'sample_prep_complete':
      shift(work, id, ['sample_prep'], 'sample_received')
      break
    case 'expire':
      end(work, id, 'expired', { dateExpired: work.facts.at })
      break
    case 'dispose':
      end(work, id, 'disposed', { dateDisposed: work.facts.at })
      break
    case 'reject':
      for (const request of requestsOfSample(work, id))
        if (!NEVER.has(request.state)) rejectRequest(work, request.id)
      rejectMaterial(work, id)
      break
    case 'cancel':
    case 'reinstate':
      cancelSample(work, id, moveId === 'cancel')
      break
    default:
      throw new Error(`no sample is moved by ${moveId}`)
  }
}

type Shared = Extract<
  SampleState,
  | 'to_be_sampled'
  | 'scheduled_sampling'
  | 'sampled'
  | 'to_be_preserved'
  | 'sample_due'
  | 'sample_prep'
  | 'sample_received'
>

/** Sample, partitions, requests and analyses that stand in one of the states go on together. */
function shift(work: Work, id: number, from: readonly Shared[], to: Shared): void {
  const isThere = (state: string) => from.some((each) => each === state)
  if (isThere(entity(work.samples, id).state)) change(work.samples, id, { state: to })
  for (const each of partitionsOfSample(work, id))
    if (isThere(each.state)) change(work.partitions, each.id, { state: to })
  for (const request of requestsOfSample(work, id)) {
    if (request.cancelled || !isThere(request.state)) continue
    change(work.requests, request.id, { state: to })
    for (const each of analysesOfRequest(work, request.id))
      if (isThere(each.state)) change(work.analyses, each.id, { state: to })
  }
}

function take(work: Work, id: number): void {
  shift(work, id, ['to_be_sampled', 'scheduled_sampling'], 'sampled')
  afterSampling(work, id)
}

/** A sample that needs no sampling, or was sampled, waits to be preserved or to be received. */
export function afterSampling(work: Work, id: number): void {
  const needs = partitionsOfSample(work, id).some(({ needsPreservation }) => needsPreservation)
  shift(work, id, ['sampled'], needs ? 'to_be_preserved' : 'sample_due')
  if (!needs) return
  for (const each of partitionsOfSample(work, id)) {
    if (!each.needsPreservation) change(work.partitions, each.id, { state: 'sample_due' })
  }
}

function preserve(work: Work, id: number): void {
  const { at, actor } = work.facts
  for (const each of partitionsOfSample(work, id)) {
    if (each.state === 'to_be_preserved')
      change(work.partitions, each.id, { datePreserved: at, preserver: actor.username })
  }
  shift(work, id, ['to_be_preserved'], 'sample_due')
}

function receive(work: Work, id: number): void {
  const { at } = work.facts
  const sample = entity(work.samples, id)
  if (sample.state === 'sample_due') change(work.samples, id, { state: 'sample_received', dateReceived: at })
  for (const each of partitionsOfSample(work, id))
    if (each.state === 'sample_due') change(work.partitions, each.id, { state: 'sample_received' })
  for (const request of requestsOfSample(work, id)) if (!request.cancelled) receiveRequest(work, request.id)
}

function receiveRequest(work: Work, requestId: number): void {
  const { at } = work.facts
  const request = entity(work.requests, requestId)
  if (request.state === 'sample_due')
    change(work.requests, requestId, { state: 'sample_received', dateReceived: at })
  else if (request.dateReceived === null && !isBeforeReception(request.state))
    change(work.requests, requestId, { dateReceived: at })
  else return
  for (const each of analysesOfRequest(work, requestId)) {
    if (each.state !== 'sample_due') continue
    change(work.analyses, each.id, { state: 'sample_received', dueDate: dueDate(each, at) })
  }
  const due = analysesOfRequest(work, requestId).flatMap((each) =>
    isActive(each) && each.dueDate ? [each.dueDate.getTime()] : [],
  )
  change(work.requests, requestId, { dueDate: due.length > 0 ? new Date(Math.max(...due)) : null })
  followAnalyses(work, requestId)
}

export function dueDate(
  { maxTimeAllowedS }: Pick<BenchAnalysis, 'maxTimeAllowedS'>,
  receivedAt: Date,
): Date | null {
  return maxTimeAllowedS === null ? null : new Date(receivedAt.getTime() + maxTimeAllowedS * 1000)
}

function end(
  work: Work,
  id: number,
  state: 'expired' | 'disposed',
  dates: { dateExpired?: Date; dateDisposed?: Date },
): void {
  const before = entity(work.samples, id).state
  change(work.samples, id, { state, ...dates })
  for (const each of partitionsOfSample(work, id))
    if (each.state === before) change(work.partitions, each.id, { state })
}

/** The request with its analyses; its sample only when nothing else is asked about it. */
export function rejectRequest(work: Work, requestId: number): void {
  const { reasons = [] } = work.facts
  const { sampleId } = change(work.requests, requestId, { state: 'rejected', rejectionReasons: reasons })
  const left = new Set<number>()
  for (const each of analysesOfRequest(work, requestId)) {
    if (!isActive(each) || each.state === 'verified' || each.state === 'published') continue
    if (each.worksheetId !== null) left.add(each.worksheetId)
    change(work.analyses, each.id, { state: 'rejected', worksheetId: null, position: null })
  }
  for (const worksheetId of left) followResults(work, worksheetId)
  followAnalyses(work, requestId)
  const others = requestsOfSample(work, sampleId).filter(
    ({ state, cancelled }) => state !== 'rejected' && !cancelled,
  )
  if (others.length === 0) rejectMaterial(work, sampleId)
}

function rejectMaterial(work: Work, id: number): void {
  const { reasons = [] } = work.facts
  const sample = entity(work.samples, id)
  if (sample.state !== 'expired' && sample.state !== 'disposed')
    change(work.samples, id, { state: 'rejected', rejectionReasons: reasons })
  for (const each of partitionsOfSample(work, id)) {
    if (each.state !== 'expired' && each.state !== 'disposed')
      change(work.partitions, each.id, { state: 'rejected' })
  }
}

function cancelSample(work: Work, id: number, cancelled: boolean): void {
  change(work.samples, id, { cancelled })
  for (const each of partitionsOfSample(work, id)) change(work.partitions, each.id, { cancelled })
  for (const request of requestsOfSample(work, id))
    if (request.cancelled !== cancelled) cancelRequest(work, request.id, cancelled)
}

/** Analyses of a cancelled request leave their worksheets. */
export function cancelRequest(work: Work, requestId: number, cancelled: boolean): void {
  change(work.requests, requestId, { cancelled })
  const left = new Set<number>()
  for (const each of analysesOfRequest(work, requestId)) {
    if (each.worksheetId !== null) left.add(each.worksheetId)
    change(work.analyses, each.id, { cancelled, ...(cancelled ? { worksheetId: null, position: null } : {}) })
  }
  for (const worksheetId of left) followResults(work, worksheetId)
  change(work.requests, requestId, { assigned: false })
}
