import type { ServiceSnapshot } from '../../../modules/lims/domain/service-snapshot.ts'
import { parseNumber } from '../../../modules/lims/domain/setup-rules.ts'
import { uncertaintyOf } from '../../../modules/lims/domain/uncertainty.ts'
import { findAnalysesOfRequests } from '../../../modules/lims/find-analyses.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { formatZopeDate } from '../wire/zope-dates.ts'
import type { Presenting, WireObject } from './presenting.ts'

/**
 * The analyses of requests as `Analyses` lists them: those that are not cancelled, by title; retracted ones only within
 * what repeats them.
 *
 * @see specification 1.8
 */
export async function analysesOfRequests(
  presenting: Presenting,
  requests: readonly AnyRow[],
): Promise<ReadonlyMap<number, WireObject>> {
  const { ctx, around, options } = presenting
  const wire = around.types.find('Analysis')
  if (!wire) throw new Error('Analysis is no type')
  const rows = await findAnalysesOfRequests(
    ctx,
    requests.map(({ id }) => id),
  )
  const replaced = new Set(rows.map((row) => row.retestOf).filter((id) => id !== null))
  const shown = rows.filter(
    (row) => row.cancelled !== true && !(row.state === 'retracted' && replaced.has(row.id)),
  )
  const presented = await presenting.present(ctx, around, wire, shown, {
    ...options,
    catalog: 'bika_analysis_catalog',
    include: undefined,
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  const entries = shown.map((row, index) => ({
    requestId: Number(row.request),
    entry: entryOf(presenting, row, presented[index] ?? {}, byId, requests),
  }))
  const grouped = Map.groupBy(entries, ({ requestId }) => requestId)
  return new Map(
    requests.map(({ id }) => [id, { Analyses: (grouped.get(id) ?? []).map(({ entry }) => entry) }]),
  )
}

function entryOf(
  presenting: Presenting,
  row: AnyRow,
  presented: WireObject,
  rows: ReadonlyMap<number, AnyRow>,
  requests: readonly AnyRow[],
): WireObject {
  const snapshot = row.snapshot as ServiceSnapshot
  const { ctx, options } = presenting
  const { transitions, ...rest } = presented
  const withMoves = options.include === undefined || options.include.has('transitions') ? { transitions } : {}
  const uncertainty = uncertaintyOf(
    parseNumber(row.result),
    typeof row.uncertainty === 'string' ? row.uncertainty : null,
    snapshot,
  )
  return {
    ...rest,
    ...withMoves,
    Uncertainty: uncertainty ?? null,
    Method: snapshot.methodTitle ?? '',
    Service: row.title,
    Service_uid: presented.Service_uid,
    RequestID: requests.find(({ id }) => id === row.request)?.objectId ?? '',
    ...(row.retested === true ? { 'Previous Results': previousResults(row, rows, ctx.zone) } : {}),
  }
}

function previousResults(
  row: AnyRow,
  rows: ReadonlyMap<number, AnyRow>,
  zone: string,
): readonly WireObject[] {
  const earlier: WireObject[] = []
  for (let before = rows.get(Number(row.retestOf)); before; before = rows.get(Number(before.retestOf))) {
    const created = before.createdAt instanceof Date ? formatZopeDate(before.createdAt, zone) : ''
    earlier.unshift({ created, Result: before.result, InterimFields: before.interims })
  }
  return earlier
}
