import {
  analysesOfRequest,
  analysesOfWorksheet,
  type BenchAnalysis,
  change,
  entity,
  isActive,
  type Work,
} from './bench.ts'

/** How far a set of analyses has come as a whole. */
type Progress = 'empty' | 'open' | 'attachment_due' | 'to_be_verified' | 'verified'

const SUBMITTED: ReadonlySet<string> = new Set(['attachment_due', 'to_be_verified', 'verified', 'published'])
const VERIFIED: ReadonlySet<string> = new Set(['verified', 'published'])

function progressOf(analyses: readonly BenchAnalysis[]): Progress {
  const active = analyses.filter(isActive)
  if (active.length === 0) return 'empty'
  if (active.some(({ state }) => !SUBMITTED.has(state))) return 'open'
  if (active.some(({ state }) => state === 'attachment_due')) return 'attachment_due'
  return active.every(({ state }) => VERIFIED.has(state)) ? 'verified' : 'to_be_verified'
}

/**
 * Brings a request in line with its analyses: forward when the last of them allows it, back to received when one is
 * to be measured again.
 */
export function followAnalyses(work: Work, requestId: number): void {
  const request = work.requests.get(requestId)
  if (!request || request.cancelled) return
  const progress = progressOf(analysesOfRequest(work, requestId))
  switch (request.state) {
    case 'to_be_sampled':
    case 'sample_due':
    case 'sample_received':
    case 'attachment_due':
    case 'to_be_verified':
      moveRequest(work, requestId, request.state, progress)
      break
    default:
      break
  }
  followAssignments(work, requestId)
}

function moveRequest(work: Work, requestId: number, state: string, progress: Progress): void {
  switch (progress) {
    case 'empty':
      return
    case 'open':
      if (state === 'attachment_due' || state === 'to_be_verified')
        change(work.requests, requestId, { state: 'sample_received' })
      return
    case 'attachment_due':
      if (state === 'sample_due' || state === 'sample_received')
        change(work.requests, requestId, { state: 'attachment_due' })
      return
    case 'to_be_verified':
      change(work.requests, requestId, { state: 'to_be_verified' })
      return
    case 'verified':
      change(work.requests, requestId, { state: 'verified', dateVerified: work.facts.at })
  }
}

/** A request is assigned when some active analysis is on a worksheet and none is not. */
export function followAssignments(work: Work, requestId: number): void {
  const active = analysesOfRequest(work, requestId).filter(isActive)
  const assigned = active.length > 0 && active.every(({ worksheetId }) => worksheetId !== null)
  if (entity(work.requests, requestId).assigned !== assigned) change(work.requests, requestId, { assigned })
}

/** Brings a worksheet in line with the analyses on it. Without an analyst it stays open. */
export function followResults(work: Work, worksheetId: number): void {
  const worksheet = work.worksheets.get(worksheetId)
  if (!worksheet || worksheet.state === 'rejected') return
  const progress = progressOf(analysesOfWorksheet(work, worksheetId))
  if (progress === 'open' || progress === 'empty') {
    if (worksheet.state !== 'open') change(work.worksheets, worksheetId, { state: 'open' })
    return
  }
  if (worksheet.analyst === null || worksheet.state === 'verified') return
  if (worksheet.state !== progress) change(work.worksheets, worksheetId, { state: progress })
}

/** What an analysis belongs to follows it. */
export function followAnalysis(work: Work, { requestId, worksheetId }: BenchAnalysis): void {
  if (requestId !== null) followAnalyses(work, requestId)
  if (worksheetId !== null) followResults(work, worksheetId)
}
