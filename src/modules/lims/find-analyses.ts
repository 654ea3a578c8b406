import { asSystem, type Context } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { compare } from '../../core/query.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { analysis } from './records/analysis.ts'
import { SEES_ALL_CLIENTS } from './records/object-fields.ts'
import { request } from './records/request.ts'

/** More analyses than one page of requests has. */
const MOST = 200_000

const SHOWN_TO_CLIENTS: ReadonlySet<unknown> = new Set(['verified', 'published'])

/**
 * All analyses of those requests that the actor may see, by title. Whoever belongs to a client sees what is measured, but
 * results only once they are verified.
 */
export async function findAnalysesOfRequests(
  ctx: Context,
  requestIds: readonly number[],
): Promise<readonly AnyRow[]> {
  const visible = await findRecords(ctx, request, [...new Set(requestIds)])
  if (visible.length === 0) return []
  const where = compare(
    'request',
    'in',
    visible.map(({ id }) => id),
  )
  const order = [{ path: ['title'], direction: 'asc' }] as const
  const { rows } = await listRecords(
    asSystem(ctx, 'analyses'),
    analysis,
    { where, order, limit: MOST, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  if (hasPermission(ctx.actor, SEES_ALL_CLIENTS)) return rows
  return rows.filter(({ kind }) => kind === 'routine').map(hideUnverified)
}

function hideUnverified(row: AnyRow): AnyRow {
  if (SHOWN_TO_CLIENTS.has(row.state)) return row
  return {
    ...row,
    result: '',
    operand: null,
    interims: [],
    uncertainty: null,
    remarks: null,
    analyst: null,
    resultCaptureDate: null,
  }
}
