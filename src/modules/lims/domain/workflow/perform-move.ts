import {
  type Bench,
  type Birth,
  change,
  entity,
  type MoveFacts,
  partitionsOfSample,
  startWork,
  type Target,
  type Work,
} from './bench.ts'
import { findMove } from './machine.ts'
import { machineOf, moveAnalysis, noSuchAction, refuseAnalysis } from './move-analysis.ts'
import { moveRequest, refuseRequest, requestMoveId } from './move-request.ts'
import { moveSample, refuseSample } from './move-sample.ts'
import { moveWorksheet, refuseWorksheet } from './move-worksheet.ts'
import { REQUEST_MACHINE, SAMPLE_MACHINE, WORKSHEET_MACHINE } from './tables.ts'

export type MoveOutcome =
  | { readonly kind: 'moved'; readonly bench: Bench; readonly births: readonly Birth[] }
  | { readonly kind: 'refused'; readonly target: Target; readonly reason: string }

/**
 * Moves things one after the other, each with everything that follows from it; the first refusal ends it and nothing
 * counts. Pure: the given bench stays as it is.
 */
export function performMoves(
  bench: Bench,
  targets: readonly Target[],
  moveId: string,
  facts: MoveFacts,
): MoveOutcome {
  const work = startWork(bench, facts)
  for (const target of targets) {
    const reason = refuseMove(work, target, moveId)
    if (reason !== undefined) return { kind: 'refused', target, reason }
    move(work, target, moveId)
  }
  return { kind: 'moved', bench: work, births: work.births }
}

/** Why something may not be moved so; undefined when it may. */
export function refuseMove(work: Work, { kind, id }: Target, moveId: string): string | undefined {
  switch (kind) {
    case 'sample':
      return refuseSample(work, id, moveId)
    case 'partition':
      return refusePartition(work, id, moveId)
    case 'request':
      return refuseRequest(work, id, requestMoveId(moveId))
    case 'analysis':
      return refuseAnalysis(work, id, moveId)
    case 'worksheet':
      return refuseWorksheet(work, id, moveId)
  }
}

function move(work: Work, { kind, id }: Target, moveId: string): void {
  switch (kind) {
    case 'sample':
      moveSample(work, id, moveId)
      break
    case 'partition':
      movePartition(work, id)
      break
    case 'request':
      moveRequest(work, id, requestMoveId(moveId))
      break
    case 'analysis':
      moveAnalysis(work, id, moveId)
      break
    case 'worksheet':
      moveWorksheet(work, id, moveId)
      break
  }
}

/** Partitions follow their sample, apart from being preserved one by one. */
function refusePartition(work: Work, id: number, moveId: string): string | undefined {
  const partition = entity(work.partitions, id)
  const found = findMove(SAMPLE_MACHINE, moveId, partition.state)
  const allowed =
    moveId === 'preserve' && found && !partition.cancelled && found.permissions.some(work.facts.can)
  return allowed ? undefined : noSuchAction(moveId)
}

function movePartition(work: Work, id: number): void {
  const { sampleId } = change(work.partitions, id, {
    state: 'sample_due',
    datePreserved: work.facts.at,
    preserver: work.facts.actor.username,
  })
  const waiting = partitionsOfSample(work, sampleId).some(({ state }) => state === 'to_be_preserved')
  if (!waiting) moveSample(work, sampleId, 'preserve')
}

export type AllowedMove = { readonly id: string; readonly title: string }

const CANCELLATION: readonly AllowedMove[] = [
  { id: 'cancel', title: 'Cancel' },
  { id: 'reinstate', title: 'Reinstate' },
]

/** The moves that this person could make now. */
export function allowedMoves(bench: Bench, target: Target, facts: MoveFacts): readonly AllowedMove[] {
  const work = startWork(bench, facts)
  return candidates(work, target).filter(({ id }) => refuseMove(work, target, id) === undefined)
}

function candidates(work: Work, { kind, id }: Target): readonly AllowedMove[] {
  switch (kind) {
    case 'sample':
      return [...distinct(SAMPLE_MACHINE.moves), ...CANCELLATION]
    case 'partition':
      return distinct(SAMPLE_MACHINE.moves)
    case 'request':
      return [...distinct(REQUEST_MACHINE.moves), ...CANCELLATION]
    case 'analysis':
      return distinct(machineOf(entity(work.analyses, id)).moves)
    case 'worksheet':
      return distinct(WORKSHEET_MACHINE.moves)
  }
}

function distinct(moves: readonly AllowedMove[]): AllowedMove[] {
  return [...new Map(moves.map(({ id, title }) => [id, { id, title }])).values()]
}
