import { analysesOfRequest, change, entity, isActive, type Work } from './bench.ts'
import { findMove } from './machine.ts'
import { noSuchAction, refuseVerify, verify } from './move-analysis.ts'
import { cancelRequest, moveSample, refuseCancel, refuseSampling, rejectRequest } from './move-sample.ts'
import { followAnalyses } from './promote.ts'
import { REQUEST_MACHINE } from './tables.ts'

/** Names that later releases give to a move. */
const ALIASES: Readonly<Record<string, string>> = { invalidate: 'retract_ar' }

export function requestMoveId(moveId: string): string {
  return (Object.hasOwn(ALIASES, moveId) ? ALIASES[moveId] : undefined) ?? moveId
}

/** Why a request may not be moved so; undefined when it may. */
export function refuseRequest(work: Work, id: number, moveId: string): string | undefined {
  const request = entity(work.requests, id)
  if (moveId === 'cancel' || moveId === 'reinstate') {
    if (moveId === 'reinstate' && entity(work.samples, request.sampleId).cancelled)
      return 'its sample is cancelled'
    return refuseCancel(work, request, moveId, [])
  }
  const move = findMove(REQUEST_MACHINE, moveId, request.state)
  if (!move || request.cancelled || !move.permissions.some(work.facts.can)) return noSuchAction(moveId)
  return refuseSampling(work, request.sampleId, moveId) ?? refuseByAnalyses(work, id, moveId)
}

const SUBMITTED: ReadonlySet<string> = new Set(['to_be_verified', 'verified', 'published'])

function refuseByAnalyses(work: Work, id: number, moveId: string): string | undefined {
  const active = analysesOfRequest(work, id).filter(isActive)
  switch (moveId) {
    case 'submit':
    case 'attach':
      return active.length > 0 && active.every(({ state }) => SUBMITTED.has(state))
        ? undefined
        : 'not all results are submitted'
    case 'verify': {
      const open = active.filter(({ state }) => state !== 'verified' && state !== 'published')
      const problems = open.flatMap((each) => refuseVerify(work, each, new Set()) ?? [])
      return active.length === 0 ? noSuchAction(moveId) : problems[0]
    }
    case 'prepublish':
      return active.some(({ state }) => state === 'verified' || state === 'published')
        ? undefined
        : 'no result is verified'
    default:
      return undefined
  }
}

export function moveRequest(work: Work, id: number, moveId: string): void {
  const { sampleId, dateVerified } = entity(work.requests, id)
  const { at } = work.facts
  switch (moveId) {
    case 'schedule_sampling':
    case 'sample':
    case 'preserve':
    case 'sample_prep':
    case 'sample_prep_complete':
    case 'receive':
      receiveOrShift(work, id, sampleId, moveId)
      break
    case 'submit':
    case 'attach':
      change(work.requests, id, { state: 'to_be_verified' })
      followAnalyses(work, id)
      break
    case 'retract':
      change(work.requests, id, { state: 'sample_received' })
      return
    case 'verify':
      verifyAll(work, id)
      break
    case 'publish':
    case 'prepublish':
    case 'republish':
      for (const each of analysesOfRequest(work, id)) {
        if (each.state === 'verified' && !each.cancelled)
          change(work.analyses, each.id, { state: 'published', datePublished: at })
      }
      if (moveId === 'prepublish') return
      change(work.requests, id, { state: 'published', datePublished: at, dateVerified: dateVerified ?? at })
      return
    case 'retract_ar':
      change(work.requests, id, { state: 'invalid' })
      work.births.push({ kind: 'follow-up', of: id })
      return
    case 'reject':
      rejectRequest(work, id)
      break
    case 'cancel':
    case 'reinstate':
      cancelRequest(work, id, moveId === 'cancel')
      break
    default:
      throw new Error(`no request is moved by ${moveId}`)
  }
}

/** What happens to the material happens to the sample; the request follows with all others about it. */
function receiveOrShift(work: Work, id: number, sampleId: number, moveId: string): void {
  moveSample(work, sampleId, moveId)
  const { state } = entity(work.requests, id)
  const move = findMove(REQUEST_MACHINE, moveId, state)
  // a second request about a sample that is further already
  if (move && move.to !== 'same') change(work.requests, id, { state: move.to })
}

function verifyAll(work: Work, id: number): void {
  for (const each of analysesOfRequest(work, id)) if (isActive(each)) verify(work, each)
  followAnalyses(work, id)
}
