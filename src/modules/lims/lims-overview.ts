import { type Context, requirePermission } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import { equals } from '../../core/query.ts'
import { listRecords } from '../records/list-records.ts'
import { REQUEST_STATES, WORKSHEET_STATES } from './domain/workflow/states.ts'
import { sampleCondition } from './list-samples.ts'
import { request } from './records/request.ts'
import { worksheet } from './records/worksheet.ts'

export type StateCount = { readonly state: string; readonly title: string; readonly count: number }

export type LimsOverview = {
  readonly states: readonly StateCount[]
  readonly late: number
  readonly unassigned: number
  readonly cancelled: number
  readonly worksheets: readonly StateCount[]
}

const ONE = { order: [], limit: 1, offset: 0 }

/** How much there is in each state, of what the actor may see. */
export async function limsOverview(ctx: Context): Promise<LimsOverview> {
  requirePermission(ctx, 'lims.access')
  const count = async (states: readonly string[]) =>
    (
      await listRecords(
        ctx,
        request,
        { ...ONE, where: sampleCondition(ctx, { states }) },
        { relations: 'none' },
      )
    ).total ?? 0
  const sheets = async (state: string) =>
    hasPermission(ctx.actor, worksheet.permissions.view)
      ? ((await listRecords(ctx, worksheet, { ...ONE, where: equals('state', state) }, { relations: 'none' }))
          .total ?? 0)
      : 0
  const [late = 0, unassigned = 0, cancelled = 0] = await Promise.all([
    count(['late']),
    count(['unassigned']),
    count(['cancelled']),
  ])
  return {
    states: await Promise.all(
      Object.entries(REQUEST_STATES).map(async ([state, title]) => ({
        state,
        title,
        count: await count([state]),
      })),
    ),
    late,
    unassigned,
    cancelled,
    worksheets: await Promise.all(
      Object.entries(WORKSHEET_STATES).map(async ([state, title]) => ({
        state,
        title,
        count: await sheets(state),
      })),
    ),
  }
}
