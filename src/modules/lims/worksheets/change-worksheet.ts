import { type Context, inTransaction } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import { findRecords } from '../../records/list-records.ts'
import { moveFacts } from '../do-transition.ts'
import { assign, refuseAssign, unassign } from '../domain/workflow/assign.ts'
import {
  analysesOfWorksheet,
  type Bench,
  type BenchAnalysis,
  isControl,
  startWork,
  type Work,
} from '../domain/workflow/bench.ts'
import { gatherBench } from '../moving/gather-bench.ts'
import { storeMoved } from '../moving/store-moved.ts'
import { worksheet } from '../records/worksheet.ts'

const CHANGEABLE: ReadonlySet<unknown> = new Set(['open', 'attachment_due', 'to_be_verified'])

/** A worksheet that may still be changed. @throws RefusedError */
export async function requireChangeable(tx: Context, worksheetId: number): Promise<AnyRow> {
  if (!hasPermission(tx.actor, 'lims.worksheet.change') && !hasPermission(tx.actor, 'lims.worksheet.manage'))
    throw new RefusedError({ kind: 'not-permitted', permission: 'lims.worksheet.change' })
  const [row] = await findRecords(tx, worksheet, [worksheetId])
  if (!row) throw new RefusedError({ kind: 'not-found', what: 'worksheet', id: worksheetId })
  if (!CHANGEABLE.has(row.state))
    throw new RefusedError({
      kind: 'conflict',
      reason: `A worksheet that is ${String(row.state)} cannot be changed.`,
    })
  return row
}

/**
 * Puts analyses on a worksheet, those of one sample at one position; a sample that is there already keeps its own.
 *
 * @throws RefusedError `conflict` naming the first that cannot be put there
 */
export async function addToWorksheet(
  ctx: Context,
  worksheetId: number,
  analysisIds: readonly number[],
  firstPosition?: number,
): Promise<void> {
  await onBench(ctx, worksheetId, analysisIds, 'assign', (work) => {
    const positions = positionsByRequest(analysesOfWorksheet(work, worksheetId))
    let wanted = firstPosition
    for (const id of [...new Set(analysisIds)]) {
      const analysis = work.analyses.get(id)
      const reason = analysis ? refuseAssign(work, id) : 'it does not exist'
      if (reason !== undefined)
        throw new RefusedError({
          kind: 'conflict',
          reason: `${analysis?.keyword ?? id} cannot be put on the worksheet: ${reason}.`,
        })
      const requestId = analysis?.requestId ?? 0
      const position =
        positions.get(requestId) ?? freePosition(analysesOfWorksheet(work, worksheetId), wanted)
      wanted = undefined
      positions.set(requestId, position)
      assign(work, id, worksheetId, position)
    }
  })
}

/** Takes analyses of samples off a worksheet; with a sample its duplicates go that repeat nothing any more. */
export async function removeFromWorksheet(
  ctx: Context,
  worksheetId: number,
  analysisIds: readonly number[],
): Promise<void> {
  await onBench(ctx, worksheetId, analysisIds, 'unassign', (work) => {
    for (const id of new Set(analysisIds)) {
      const analysis = work.analyses.get(id)
      if (analysis?.worksheetId !== worksheetId)
        throw new RefusedError({ kind: 'conflict', reason: 'An analysis is not on this worksheet.' })
      if (isControl(analysis))
        throw new RefusedError({
          kind: 'conflict',
          reason: 'Blanks, controls and duplicates are rejected, not taken off.',
        })
      if (analysis.state !== 'sample_received')
        throw new RefusedError({
          kind: 'conflict',
          reason: `${analysis.keyword} has a result that was submitted.`,
        })
      unassign(work, id)
    }
  })
}

async function onBench(
  ctx: Context,
  worksheetId: number,
  analysisIds: readonly number[],
  action: string,
  run: (work: Work) => void,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await requireChangeable(tx, worksheetId)
    const targets = [
      { kind: 'worksheet', id: worksheetId } as const,
      ...analysisIds.map((id) => ({ kind: 'analysis', id }) as const),
    ]
    const bench = await gatherBench(tx, targets, 'change')
    const work = startWork(bench, await moveFacts(tx))
    run(work)
    await storeMoved(tx, bench, work, action, undefined)
    await recordAudit(tx, {
      action: `lims.worksheet.${action}`,
      record: worksheet.name,
      recordId: worksheetId,
      after: { analyses: analysisIds },
    })
  })
}

/** What belongs to a worksheet follows once something new stands on it. */
export async function reopenWorksheet(
  tx: Context,
  worksheetId: number,
  follow: (work: Work) => void,
): Promise<Bench> {
  const bench = await gatherBench(tx, [{ kind: 'worksheet', id: worksheetId }], 'change')
  const work = startWork(bench, await moveFacts(tx))
  follow(work)
  await storeMoved(tx, bench, work, 'follow', undefined)
  return work
}

function positionsByRequest(analyses: readonly BenchAnalysis[]): Map<number, number> {
  return new Map(
    analyses.flatMap(({ requestId, position, kind }) =>
      requestId !== null && position !== null && kind === 'routine' ? [[requestId, position] as const] : [],
    ),
  )
}

/** The wanted position if nothing stands there, else the first free one after all that are taken. */
export function freePosition(
  analyses: readonly { readonly position: number | null }[],
  wanted?: number,
): number {
  const taken = new Set(analyses.map(({ position }) => position))
  if (wanted !== undefined && !taken.has(wanted)) return wanted
  return Math.max(0, ...analyses.map(({ position }) => position ?? 0)) + 1
}
