import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { equals } from '../../core/query.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findRecords, listRecords } from '../records/list-records.ts'
import { moveFacts } from './do-transition.ts'
import { describeTakenId } from './domain/identifier-format.ts'
import { startWork } from './domain/workflow/bench.ts'
import { followAnalyses } from './domain/workflow/promote.ts'
import { limsSettings } from './lims-settings.ts'
import { insertLiving } from './living.ts'
import { gatherBench } from './moving/gather-bench.ts'
import { storeMoved } from './moving/store-moved.ts'
import { newAnalysis } from './new-analyses.ts'
import { analysis } from './records/analysis.ts'
import { client } from './records/client.ts'
import { request } from './records/request.ts'
import { sample } from './records/sample.ts'
import { loadServices } from './registering/load-services.ts'
import { findPartitionIds } from './store/partitions.ts'

/** States in which the analyses of a request may still be chosen (specification 3.2). */
const CHANGEABLE: ReadonlySet<unknown> = new Set([
  'sample_registered',
  'to_be_sampled',
  'scheduled_sampling',
  'sampled',
  'to_be_preserved',
  'sample_due',
  'sample_prep',
  'sample_received',
  'attachment_due',
  'to_be_verified',
])

export type AddedAnalysis = {
  readonly id: number
  readonly keyword: string
  readonly uid: string
  readonly path: string
}

/**
 * Adds analyses to a request that is not verified yet, with those that their calculations need. A request whose results
 * were all submitted goes back to be measured.
 *
 * @throws RefusedError `conflict` for a service that the request has already
 */
export async function addAnalyses(
  ctx: Context,
  requestId: number,
  serviceIds: readonly number[],
): Promise<readonly AddedAnalysis[]> {
  requirePermission(ctx, 'lims.analysis.manage')
  return inTransaction(ctx, async (tx) => {
    await gatherBench(tx, [{ kind: 'request', id: requestId }], 'change')
    const [row] = await findRecords(tx, request, [requestId])
    if (!row) throw new RefusedError({ kind: 'not-found', what: 'sample', id: requestId })
    if (!CHANGEABLE.has(row.state) || row.cancelled === true)
      throw new RefusedError({
        kind: 'conflict',
        reason: `Analyses cannot be added in state ${row.cancelled === true ? 'cancelled' : String(row.state)}`,
      })
    const [owner] = await findRecords(tx, client, [Number(row.client)])
    const [material] = await findRecords(tx, sample, [Number(row.sample)])
    const offered = await loadServices(tx, serviceIds)
    const present = await livingKeywords(tx, requestId)
    const clash = offered.find(
      (each) => present.has(each.snapshot.keyword) && serviceIds.includes(each.row.id),
    )
    if (clash)
      throw new RefusedError({
        kind: 'conflict',
        field: 'id',
        reason: describeTakenId(clash.snapshot.keyword),
      })
    const received = row.dateReceived instanceof Date ? row.dateReceived : null
    const [partitionId = null] = await findPartitionIds(tx.db, Number(material?.id))
    const settings = await limsSettings(tx)
    const rows = offered
      .filter((each) => !present.has(each.snapshot.keyword))
      .map((each) =>
        newAnalysis(
          each,
          {
            requestId,
            requestPath: String(row.path),
            partitionId,
            state: received ? 'sample_received' : String(row.state),
            dueDate:
              received && each.snapshot.maxTimeAllowedS !== null
                ? new Date(received.getTime() + each.snapshot.maxTimeAllowedS * 1000)
                : null,
            bulkPrice: owner?.bulkDiscount === true,
            reportDryMatter: row.reportDryMatter === true,
            hidden: hiddenIn(row),
          },
          settings,
        ),
      )
    const ids = await insertLiving(tx, analysis, rows)
    await recordAudit(tx, {
      action: 'lims.request.add-analyses',
      record: request.name,
      recordId: requestId,
      after: rows.map(({ keyword }) => keyword),
    })
    await follow(tx, requestId)
    return rows.map((each, index) => ({
      id: ids[index] ?? 0,
      keyword: String(each.keyword),
      uid: each.uid,
      path: each.path,
    }))
  })
}

function hiddenIn(row: AnyRow): ReadonlySet<string> {
  const list = row.analysisServicesSettings as readonly { readonly uid: string; readonly hidden: boolean }[]
  return new Set(list.flatMap(({ uid, hidden }) => (hidden ? [uid] : [])))
}

/** Keywords that an analysis of the request is named by now. */
async function livingKeywords(tx: Context, requestId: number): Promise<ReadonlySet<string>> {
  const { rows } = await listRecords(
    tx,
    analysis,
    { where: equals('request', requestId), order: [], limit: 5000, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return new Set(rows.map(({ objectId }) => String(objectId)))
}

async function follow(tx: Context, requestId: number): Promise<void> {
  const bench = await gatherBench(tx, [{ kind: 'request', id: requestId }], 'change')
  const work = startWork(bench, await moveFacts(tx))
  followAnalyses(work, requestId)
  await storeMoved(tx, bench, work, 'follow', undefined)
}
