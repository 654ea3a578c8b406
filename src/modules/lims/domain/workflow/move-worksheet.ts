import {
  analysesOfWorksheet,
  type BenchAnalysis,
  change,
  entity,
  isActive,
  isControl,
  newId,
  type Work,
} from './bench.ts'
import { findMove } from './machine.ts'
import { moveAnalysis, noSuchAction, refuseAnalysis, refuseVerify, verify } from './move-analysis.ts'
import { followAnalyses, followResults } from './promote.ts'
import { WORKSHEET_MACHINE } from './tables.ts'

const SUBMITTED: ReadonlySet<string> = new Set(['to_be_verified', 'verified', 'published'])
const OPEN_AGAIN: ReadonlySet<string> = new Set(['attachment_due', 'to_be_verified'])

/** Why a worksheet may not be moved so; undefined when it may. */
export function refuseWorksheet(work: Work, id: number, moveId: string): string | undefined {
  const worksheet = entity(work.worksheets, id)
  const move = findMove(WORKSHEET_MACHINE, moveId, worksheet.state)
  if (!move?.permissions.some(work.facts.can)) return noSuchAction(moveId)
  const active = analysesOfWorksheet(work, id).filter(isActive)
  switch (moveId) {
    case 'submit':
    case 'attach':
      if (worksheet.analyst === null) return 'it has no analyst'
      return active.length > 0 && active.every(({ state }) => SUBMITTED.has(state))
        ? undefined
        : 'not all results are submitted'
    case 'verify':
      return active.flatMap((each) =>
        each.state === 'verified' || each.state === 'published'
          ? []
          : (refuseVerify(work, each, new Set()) ?? []),
      )[0]
    case 'retract':
      return active.flatMap((each) =>
        OPEN_AGAIN.has(each.state) ? (refuseAnalysis(work, each.id, 'retract') ?? []) : [],
      )[0]
    default:
      return undefined
  }
}

export function moveWorksheet(work: Work, id: number, moveId: string): void {
  switch (moveId) {
    case 'submit':
    case 'attach':
      change(work.worksheets, id, { state: 'to_be_verified' })
      followResults(work, id)
      break
    case 'verify':
      for (const each of analysesOfWorksheet(work, id)) if (isActive(each)) verify(work, each)
      followResults(work, id)
      break
    case 'retract':
      for (const each of analysesOfWorksheet(work, id)) {
        if (isActive(each) && OPEN_AGAIN.has(entity(work.analyses, each.id).state))
          moveAnalysis(work, each.id, 'retract')
      }
      followResults(work, id)
      break
    case 'reject':
      reject(work, id)
      break
    default:
      throw new Error(`no worksheet is moved by ${moveId}`)
  }
}

/**
 * Rejects a worksheet (specification 3.6.1): analyses of samples move to a new one and are measured again, a copy of
 * each stays; controls are rejected and made anew there.
 */
function reject(work: Work, id: number): void {
  const old = entity(work.worksheets, id)
  const replacement = newId(work)
  const analyses = analysesOfWorksheet(work, id).filter(isActive)
  change(work.worksheets, id, { state: 'rejected' })
  work.worksheets.set(replacement, { ...old, id: replacement, state: 'open' })
  work.births.push({ kind: 'replacement', id: replacement, of: id })
  for (const each of analyses) {
    if (isControl(each)) renew(work, each, replacement)
    else if (each.state !== 'verified' && each.state !== 'published') moveOver(work, each, replacement)
  }
  for (const requestId of new Set(analyses.flatMap((each) => each.requestId ?? [])))
    followAnalyses(work, requestId)
}

function moveOver(work: Work, analysis: BenchAnalysis, worksheetId: number): void {
  work.births.push({ kind: 'reject-copy', of: analysis.id, worksheetId: analysis.worksheetId ?? worksheetId })
  change(work.analyses, analysis.id, {
    state: OPEN_AGAIN.has(analysis.state) ? 'sample_received' : analysis.state,
    worksheetId,
    result: '',
    retested: true,
    submittedById: null,
    submittedAt: null,
    verificators: [],
  })
}

function renew(work: Work, control: BenchAnalysis, worksheetId: number): void {
  const id = newId(work)
  change(work.analyses, control.id, { state: 'rejected' })
  work.analyses.set(id, {
    ...control,
    id,
    worksheetId,
    state: 'assigned',
    result: '',
    submittedById: null,
    submittedAt: null,
    verificators: [],
    verifiedAt: null,
  })
  work.births.push({ kind: 'control-copy', id, of: control.id, worksheetId })
}
