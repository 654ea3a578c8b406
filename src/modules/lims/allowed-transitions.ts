import type { Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { moveFacts, workflowTarget } from './do-transition.ts'
import type { Machine } from './domain/workflow/machine.ts'
import { type AllowedMove, allowedMoves } from './domain/workflow/perform-move.ts'
import { BATCH_MACHINE, REFERENCE_SAMPLE_MACHINE } from './domain/workflow/tables.ts'
import { gatherBench } from './moving/gather-bench.ts'

/** The moves that the actor could make now with each of some rows, by row id: one look at all of them together. */
export async function allowedTransitions(
  ctx: Context,
  record: RecordType,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, readonly AllowedMove[]>> {
  const targets = rows.flatMap((row) => workflowTarget({ record: record.name, id: row.id }) ?? [])
  if (targets.length === 0) return new Map(rows.map((row) => [row.id, otherMoves(ctx, record, row)]))
  const facts = await moveFacts(ctx)
  const bench = await gatherBench(ctx, targets, 'read')
  return new Map(targets.map((target) => [target.id, allowedMoves(bench, target, facts)]))
}

function otherMoves(ctx: Context, record: RecordType, row: AnyRow): readonly AllowedMove[] {
  const mayRetire = hasPermission(ctx.actor, record.permissions.retire)
  if (record.retirable && row.retiredAt !== null)
    return mayRetire ? [{ id: 'activate', title: 'Activate' }] : []
  const deactivate = record.retirable && mayRetire ? [{ id: 'deactivate', title: 'Deactivate' }] : []
  if (record.name === 'lims.batch') return [...batchMoves(ctx, row, mayRetire), ...deactivate]
  if (record.name === 'lims.reference-sample')
    return [...ofMachine(ctx, REFERENCE_SAMPLE_MACHINE, row.state), ...deactivate]
  return deactivate
}

function batchMoves(ctx: Context, row: AnyRow, mayCancel: boolean): readonly AllowedMove[] {
  if (row.cancelled === true) return mayCancel ? [{ id: 'reinstate', title: 'Reinstate' }] : []
  return [
    ...ofMachine(ctx, BATCH_MACHINE, row.state),
    ...(mayCancel ? [{ id: 'cancel', title: 'Cancel' }] : []),
  ]
}

function ofMachine<S extends string>(
  ctx: Context,
  { moves }: Machine<S>,
  state: unknown,
): readonly AllowedMove[] {
  return moves.flatMap(({ id, title, from, permissions }) =>
    from.some((each) => each === state) &&
    permissions.some((permission) => hasPermission(ctx.actor, permission))
      ? [{ id, title }]
      : [],
  )
}
