import type { Context } from '../../../context.ts'
import type { Bench, Target } from '../domain/workflow/bench.ts'
import {
  type BenchRoots,
  findBenchAnalyses,
  findBenchPartitions,
  findBenchRequests,
  findBenchSamples,
  findBenchWorksheets,
  findSampleIdsOf,
  lockSamples,
  lockWorksheets,
} from '../store/bench.ts'

/** Everything that moving the targets can touch, locked when it is gathered to be changed. */
export async function gatherBench(
  ctx: Context,
  targets: readonly Target[],
  purpose: 'change' | 'read',
): Promise<Bench> {
  const idsOf = (kind: Target['kind']) =>
    targets.flatMap((target) => (target.kind === kind ? [target.id] : []))
  const roots: BenchRoots = {
    samples: idsOf('sample'),
    partitions: idsOf('partition'),
    requests: idsOf('request'),
    analyses: idsOf('analysis'),
    worksheets: idsOf('worksheet'),
  }
  const { db } = ctx
  const sampleIds = await findSampleIdsOf(db, roots)
  if (purpose === 'change') {
    await lockSamples(db, ctx.database.kind, sampleIds)
    await lockWorksheets(db, ctx.database.kind, roots.worksheets)
  }
  const [samples, partitions, requests] = await Promise.all([
    findBenchSamples(db, sampleIds),
    findBenchPartitions(db, sampleIds),
    findBenchRequests(db, sampleIds),
  ])
  const own = await findBenchAnalyses(db, {
    requestIds: requests.map(({ id }) => id),
    worksheetIds: roots.worksheets,
    ids: roots.analyses,
  })
  const worksheetIds = [
    ...new Set([...roots.worksheets, ...own.flatMap(({ worksheetId }) => worksheetId ?? [])]),
  ].sort((a, b) => a - b)
  const others = worksheetIds.filter((id) => !roots.worksheets.includes(id))
  if (purpose === 'change') await lockWorksheets(db, ctx.database.kind, others)
  const [beside, worksheets] = await Promise.all([
    findBenchAnalyses(db, { requestIds: [], worksheetIds: others, ids: [] }),
    findBenchWorksheets(db, worksheetIds),
  ])
  return {
    samples: byId(samples),
    partitions: byId(partitions),
    requests: byId(requests),
    analyses: byId([...beside, ...own]),
    worksheets: byId(worksheets),
  }
}

function byId<T extends { readonly id: number }>(rows: readonly T[]): ReadonlyMap<number, T> {
  return new Map(rows.map((row) => [row.id, row]))
}
