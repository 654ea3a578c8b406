import {
  analysesOfRequest,
  type BenchAnalysis,
  change,
  entity,
  isActive,
  isControl,
  newId,
  type Work,
} from './bench.ts'
import { findMove, type Machine } from './machine.ts'
import { followAnalysis } from './promote.ts'
import type { AnalysisState } from './states.ts'
import { ANALYSIS_MACHINE, CONTROL_MACHINE } from './tables.ts'

export function machineOf(analysis: Pick<BenchAnalysis, 'kind'>): Machine<AnalysisState> {
  return isControl(analysis) ? CONTROL_MACHINE : ANALYSIS_MACHINE
}

/** Why an analysis may not be moved so; undefined when it may. */
export function refuseAnalysis(work: Work, id: number, moveId: string): string | undefined {
  const analysis = entity(work.analyses, id)
  const move = findMove(machineOf(analysis), moveId, analysis.state)
  if (!move || move.permissions.length === 0 || analysis.cancelled || analysis.kind === 'reject')
    return noSuchAction(moveId)
  if (!move.permissions.some(work.facts.can)) return noSuchAction(moveId)
  switch (moveId) {
    case 'submit':
      return refuseSubmit(work, analysis, new Set())
    case 'attach':
      return analysis.attachmentMissing ? 'an attachment is required' : undefined
    case 'verify':
    case 'retest':
      return refuseVerify(work, analysis, new Set())
    case 'multi_verify':
      return missingVerifications(analysis) > 1
        ? refuseVerify(work, analysis, new Set())
        : noSuchAction(moveId)
    case 'retract':
      return refuseRetract(work, analysis)
    case 'reject':
      return dependants(work, analysis).some(
        (each) => each.state === 'verified' || each.state === 'published',
      )
        ? 'a calculated result that needs it is verified'
        : undefined
    default:
      return undefined
  }
}

export function moveAnalysis(work: Work, id: number, moveId: string): void {
  const analysis = entity(work.analyses, id)
  switch (moveId) {
    case 'submit':
      submit(work, analysis)
      break
    case 'attach':
      change(work.analyses, id, { state: 'to_be_verified' })
      followAnalysis(work, analysis)
      break
    case 'verify':
    case 'multi_verify':
      verify(work, analysis)
      break
    case 'retract':
      retract(work, analysis)
      break
    case 'retest':
      retest(work, analysis)
      break
    case 'reject':
      reject(work, analysis)
      break
    default:
      throw new Error(`no analysis is moved by ${moveId}`)
  }
}

export function noSuchAction(moveId: string): string {
  return `No workflow provides the "${moveId}" action.`
}

// Submission

const SUBMITTED: ReadonlySet<AnalysisState> = new Set([
  'attachment_due',
  'to_be_verified',
  'verified',
  'published',
])

function dependencies(work: Work, { requestId, needs }: BenchAnalysis): BenchAnalysis[] {
  if (requestId === null || needs.length === 0) return []
  return analysesOfRequest(work, requestId).filter((each) => isActive(each) && needs.includes(each.keyword))
}

function dependants(work: Work, { requestId, keyword }: BenchAnalysis): BenchAnalysis[] {
  if (requestId === null) return []
  return analysesOfRequest(work, requestId).filter((each) => isActive(each) && each.needs.includes(keyword))
}

function refuseSubmit(work: Work, analysis: BenchAnalysis, seen: Set<number>): string | undefined {
  seen.add(analysis.id)
  const isField = analysis.pointOfCapture === 'field'
  if (analysis.kind === 'routine' && analysis.state !== 'sample_received' && !isField)
    return 'the sample is not received yet'
  if (!work.facts.can('lims.result.enter') && !isField) return noSuchAction('submit')
  if (analysis.result.trim() === '') return 'there is no result'
  if (!analysis.interimsComplete) return 'an interim value is missing'
  const { onlyAssignedSubmitted } = work.facts.settings
  if (
    onlyAssignedSubmitted &&
    analysis.analyst !== work.facts.actor.username &&
    !work.facts.can('lims.worksheet.manage')
  )
    return 'it is assigned to somebody else'
  const missing = dependencies(work, analysis).find(
    (each) =>
      !SUBMITTED.has(each.state) && !seen.has(each.id) && refuseSubmit(work, each, seen) !== undefined,
  )
  return missing
    ? `the result of ${missing.keyword}, which it is calculated from, cannot be submitted`
    : undefined
}

function submit(work: Work, analysis: BenchAnalysis): void {
  const current = entity(work.analyses, analysis.id)
  if (SUBMITTED.has(current.state)) return
  change(work.analyses, analysis.id, {
    state: current.attachmentMissing ? 'attachment_due' : 'to_be_verified',
    submittedById: work.facts.actor.id,
    submittedAt: work.facts.at,
    verificators: [],
  })
  for (const each of dependencies(work, current)) if (!SUBMITTED.has(each.state)) submit(work, each)
  for (const each of dependants(work, current)) {
    if (SUBMITTED.has(each.state) || each.result.trim() === '') continue
    const ready = dependencies(work, each).every(({ state }) => SUBMITTED.has(state))
    if (ready && refuseSubmit(work, each, new Set()) === undefined) submit(work, each)
  }
  followAnalysis(work, current)
}

// Verification (specification 3.3.1)

function missingVerifications({ requiredVerifications, verificators }: BenchAnalysis): number {
  return requiredVerifications - verificators.length
}

/** Why this person may not verify an analysis. */
export function refuseVerify(work: Work, analysis: BenchAnalysis, seen: Set<number>): string | undefined {
  seen.add(analysis.id)
  const { actor, can, settings } = work.facts
  if (analysis.state !== 'to_be_verified' || analysis.cancelled) return noSuchAction('verify')
  if (!can('lims.analysis.verify')) return noSuchAction('verify')
  if (analysis.submittedById !== null && analysis.submittedById === actor.id && !analysis.mayVerifyOwn)
    return 'one may not verify a result that one entered'
  const before = analysis.verificators
  if (before.includes(actor.username)) {
    if (settings.multiVerification === 'self_multi_disabled') return 'one has verified it already'
    if (settings.multiVerification === 'self_multi_not_cons' && before.at(-1) === actor.username)
      return 'somebody else has to verify it next'
  }
  const blocking = dependencies(work, analysis).find(
    (each) =>
      each.state !== 'verified' &&
      each.state !== 'published' &&
      !seen.has(each.id) &&
      refuseVerify(work, each, seen) !== undefined,
  )
  return blocking
    ? `the result of ${blocking.keyword}, which it is calculated from, cannot be verified`
    : undefined
}

export function verify(work: Work, analysis: BenchAnalysis): void {
  const current = entity(work.analyses, analysis.id)
  if (current.state !== 'to_be_verified') return
  for (const each of dependencies(work, current)) {
    if (
      each.id !== current.id &&
      each.state === 'to_be_verified' &&
      refuseVerify(work, each, new Set()) === undefined
    )
      verify(work, each)
  }
  const verificators = [...current.verificators, work.facts.actor.username]
  const done = verificators.length >= current.requiredVerifications
  change(work.analyses, current.id, {
    verificators,
    ...(done ? { state: 'verified' as const, verifiedAt: work.facts.at } : {}),
  })
  if (done) followAnalysis(work, current)
}

// Repetition (specification 3.3.2)

const OPEN_AGAIN: ReadonlySet<AnalysisState> = new Set(['attachment_due', 'to_be_verified'])

function refuseRetract(work: Work, analysis: BenchAnalysis): string | undefined {
  if (dependants(work, analysis).some(({ state }) => state === 'verified' || state === 'published'))
    return 'a calculated result that needs it is verified'
  const needed = dependencies(work, analysis)
  return needed.length > 0 && needed.every(({ state }) => state === 'verified' || state === 'published')
    ? 'everything that it is calculated from is verified'
    : undefined
}

function retract(work: Work, analysis: BenchAnalysis): void {
  if (isControl(analysis)) {
    change(work.analyses, analysis.id, {
      state: 'assigned',
      submittedById: null,
      submittedAt: null,
      verificators: [],
    })
    followAnalysis(work, analysis)
    return
  }
  const current = entity(work.analyses, analysis.id)
  if (!OPEN_AGAIN.has(current.state)) return
  const needed = dependencies(work, current).filter(({ state }) => OPEN_AGAIN.has(state))
  const needing = dependants(work, current).filter(({ state }) => OPEN_AGAIN.has(state))
  repeat(work, current, 'retracted')
  for (const each of [...needed, ...needing]) retract(work, each)
  followAnalysis(work, current)
}

function retest(work: Work, analysis: BenchAnalysis): void {
  repeat(work, analysis, 'verified')
  change(work.analyses, analysis.id, {
    verificators: [...analysis.verificators, work.facts.actor.username],
    verifiedAt: work.facts.at,
  })
  followAnalysis(work, analysis)
}

/** Leaves the old analysis behind under another id and puts a new one in its place, also on its worksheet. */
function repeat(work: Work, old: BenchAnalysis, state: 'retracted' | 'verified'): void {
  const id = newId(work)
  change(work.analyses, old.id, { state, objectId: nextOldId(work, old) })
  work.analyses.set(id, {
    ...old,
    id,
    retestOfId: old.id,
    retested: true,
    state: 'sample_received',
    result: work.facts.settings.retestKeepsResult ? old.result : '',
    submittedById: null,
    submittedAt: null,
    verificators: [],
    verifiedAt: null,
  })
  work.births.push({ kind: 'retest', id, of: old.id })
}

function nextOldId(work: Work, { requestId, keyword }: BenchAnalysis): string {
  const taken = new Set(
    requestId === null ? [] : analysesOfRequest(work, requestId).map(({ objectId }) => objectId),
  )
  for (let number = 1; ; number++) {
    const candidate = `${keyword}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}

function reject(work: Work, analysis: BenchAnalysis): void {
  const { worksheetId } = analysis
  if (isControl(analysis)) {
    change(work.analyses, analysis.id, { state: 'rejected' })
  } else {
    for (const each of dependants(work, analysis))
      if (each.id !== analysis.id && each.state !== 'rejected') {
        change(work.analyses, each.id, { state: 'rejected', worksheetId: null, position: null })
        followAnalysis(work, each)
      }
    change(work.analyses, analysis.id, { state: 'rejected', worksheetId: null, position: null })
  }
  followAnalysis(work, { ...analysis, worksheetId })
}
