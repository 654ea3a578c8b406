import { change, entity, isActive, type Work } from './bench.ts'
import { followAssignments, followResults } from './promote.ts'

/** Why an analysis may not be put on a worksheet; undefined when it may. */
export function refuseAssign(work: Work, analysisId: number): string | undefined {
  const analysis = entity(work.analyses, analysisId)
  if (analysis.kind !== 'routine') return 'only analyses of samples are assigned'
  if (!isActive(analysis)) return 'it is cancelled or withdrawn'
  if (analysis.worksheetId !== null) return 'it is on a worksheet already'
  return analysis.state === 'sample_received' ? undefined : 'its sample is not waiting for results'
}

/** Puts an analysis on a worksheet, which is open again by that. */
export function assign(work: Work, analysisId: number, worksheetId: number, position: number): void {
  const { requestId } = change(work.analyses, analysisId, { worksheetId, position })
  if (requestId !== null) followAssignments(work, requestId)
  followResults(work, worksheetId)
}

/** Takes an analysis off its worksheet; what it held up goes on. */
export function unassign(work: Work, analysisId: number): void {
  const { worksheetId, requestId } = entity(work.analyses, analysisId)
  change(work.analyses, analysisId, { worksheetId: null, position: null })
  if (requestId !== null) followAssignments(work, requestId)
  if (worksheetId !== null) followResults(work, worksheetId)
}
