import type { Context } from '../../../context.ts'
import { requirePermission } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { all, type Condition, compare, equals, parseOrder, related } from '../../../core/query.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { limsSettings } from '../lims-settings.ts'
import { analysis } from '../records/analysis.ts'
import { request } from '../records/request.ts'
import { sample } from '../records/sample.ts'
import { worksheet } from '../records/worksheet.ts'
import { type RelatedRows, relatedRows } from '../related-rows.ts'
import { findPositions, findProgress, type Progress } from '../store/progress.ts'
import { analysesOn } from './add-controls.ts'
import { WAITING } from './create-worksheet.ts'

export type WorksheetView = {
  readonly row: AnyRow
  readonly related: RelatedRows
  readonly progress: Progress
  readonly positions: number
}

export type WorksheetDetails = WorksheetView & {
  readonly analyses: readonly AnyRow[]
  readonly requests: ReadonlyMap<number, AnyRow>
  readonly samples: ReadonlyMap<number, AnyRow>
}

const NO_PROGRESS: Progress = { total: 0, submitted: 0, verified: 0 }
const ORDERS = new Set(['objectId', 'analyst', 'state', 'createdAt'])

/** Analysts see their own worksheets only, where the laboratory says so. */
async function visibleWorksheets(ctx: Context): Promise<Condition> {
  const { restrictWorksheetUsersAccess } = await limsSettings(ctx)
  const seesAll = ['lims.worksheet.manage', 'lims.analysis.verify', 'lims.sample.publish'].some(
    (permission) => hasPermission(ctx.actor, permission),
  )
  const isAnalyst = hasPermission(ctx.actor, 'lims.worksheet.change')
  if (!restrictWorksheetUsersAccess || seesAll || !isAnalyst || ctx.actor.kind !== 'user') return all()
  return { kind: 'any', of: [equals('analyst', ctx.actor.username), compare('analyst', 'isnull', true)] }
}

/** One page of worksheets. @param wanted `analyst: 'me'` for one's own */
export async function listWorksheets(
  ctx: Context,
  wanted: {
    readonly states?: readonly string[] | undefined
    readonly analyst?: string | undefined
    readonly text?: string | undefined
    readonly order?: string | undefined
    readonly limit: number
    readonly offset: number
  },
): Promise<{ readonly items: readonly WorksheetView[]; readonly total: number }> {
  const { states, analyst, text, order = '-createdAt', limit, offset } = wanted
  if (!ORDERS.has(order.replace(/^-/, '')))
    throw invalidInput('order', `This must be one of ${[...ORDERS].join(', ')}.`)
  const me = ctx.actor.kind === 'user' ? ctx.actor.username : ''
  const where = all(
    await visibleWorksheets(ctx),
    ...(states ? [compare('state', 'in', states)] : []),
    ...(analyst ? [equals('analyst', analyst === 'me' ? me : analyst)] : []),
    ...(text ? [{ kind: 'search', text } as const] : []),
  )
  const { rows, total } = await listRecords(ctx, worksheet, {
    where,
    order: [parseOrder(order)],
    limit,
    offset,
  })
  return { items: await view(ctx, rows), total: total ?? 0 }
}

async function view(ctx: Context, rows: readonly AnyRow[]): Promise<readonly WorksheetView[]> {
  const ids = rows.map(({ id }) => id)
  const [found, progress, positions] = await Promise.all([
    relatedRows(ctx, [{ record: worksheet, rows }]),
    findProgress(ctx.db, 'worksheet', ids),
    findPositions(ctx.db, ids),
  ])
  return rows.map((row) => ({
    row,
    related: found,
    progress: progress.get(row.id) ?? NO_PROGRESS,
    positions: positions.get(row.id) ?? 0,
  }))
}

/** A worksheet with all analyses on it, and the samples that these are of. */
export async function findWorksheet(ctx: Context, id: number): Promise<WorksheetDetails> {
  requirePermission(ctx, worksheet.permissions.view)
  const [row] = await findRecords(ctx, worksheet, [id], await visibleWorksheets(ctx))
  if (!row) throw new RefusedError({ kind: 'not-found', what: 'worksheet', id })
  const [analyses, [own]] = await Promise.all([analysesOn(ctx, id), view(ctx, [row])])
  const requests = await findRecords(ctx, request, [
    ...new Set(analyses.flatMap((each) => (typeof each.request === 'number' ? [each.request] : []))),
  ])
  const samples = await findRecords(ctx, sample, [...new Set(requests.map((each) => Number(each.sample)))])
  const found = await relatedRows(ctx, [
    { record: worksheet, rows: [row] },
    { record: request, rows: requests },
    { record: sample, rows: samples },
  ])
  return {
    row,
    progress: own?.progress ?? NO_PROGRESS,
    positions: own?.positions ?? 0,
    related: found,
    analyses: [...analyses].sort(
      (a, b) => Number(a.position) - Number(b.position) || String(a.title).localeCompare(String(b.title)),
    ),
    requests: new Map(requests.map((each) => [each.id, each])),
    samples: new Map(samples.map((each) => [each.id, each])),
  }
}

export type Pool = {
  readonly groups: readonly {
    readonly request: AnyRow
    readonly client: string
    readonly sampleType: string
    readonly analyses: readonly AnyRow[]
  }[]
  readonly total: number
}

/** Samples with analyses that wait for a worksheet, the most urgent first. */
export async function listPool(
  ctx: Context,
  wanted: {
    readonly services?: readonly number[] | undefined
    readonly clients?: readonly number[] | undefined
    readonly categories?: readonly number[] | undefined
    readonly text?: string | undefined
    readonly limit: number
    readonly offset: number
  },
): Promise<Pool> {
  requirePermission(ctx, analysis.permissions.view)
  const ofAnalysis = all(
    WAITING,
    ...(wanted.services ? [compare('service', 'in', wanted.services)] : []),
    ...(wanted.categories ? [compare('category', 'in', wanted.categories)] : []),
  )
  const where = all(
    related('analyses', ofAnalysis),
    ...(wanted.clients ? [compare('client', 'in', wanted.clients)] : []),
    ...(wanted.text ? [{ kind: 'search', text: wanted.text } as const] : []),
  )
  const order = [{ path: ['dueDate'], direction: 'asc' }] as const
  const { rows, total } = await listRecords(
    ctx,
    request,
    { where, order, limit: wanted.limit, offset: wanted.offset },
    { relations: 'none' },
  )
  const waiting =
    rows.length === 0
      ? []
      : (
          await listRecords(
            ctx,
            analysis,
            {
              where: all(
                ofAnalysis,
                compare(
                  'request',
                  'in',
                  rows.map(({ id }) => id),
                ),
              ),
              order: [],
              limit: 50_000,
              offset: 0,
            },
            { total: 'none', relations: 'none' },
          )
        ).rows
  const samples = await findRecords(ctx, sample, [...new Set(rows.map((row) => Number(row.sample)))])
  const byId = new Map(samples.map((row) => [row.id, row]))
  const found = await relatedRows(ctx, [
    { record: request, rows },
    { record: sample, rows: samples },
  ])
  const grouped = Map.groupBy(waiting, (row) => Number(row.request))
  return {
    groups: rows.map((row) => ({
      request: row,
      client: found.named('lims.client', row.client)?.name ?? '',
      sampleType: found.named('lims.sample-type', byId.get(Number(row.sample))?.sampleType)?.name ?? '',
      analyses: grouped.get(row.id) ?? [],
    })),
    total: total ?? 0,
  }
}
