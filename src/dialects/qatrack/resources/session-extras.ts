import type { Context } from '../../../context.ts'
import { compare } from '../../../core/query.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { sessionPage } from '../wire/links.ts'
import { COMMENTS } from './attachment-resources.ts'
import { attachmentsBy } from './attachments-by.ts'
import { presentRows } from './present-rows.ts'
import { RESULTS } from './result-resource.ts'
import type { ExtraFields } from './wire-resource.ts'

/** What a session shows besides its columns: files, comments and results as objects, and its page. */
export const sessionExtras: ExtraFields = async (presenting, rows) => {
  const { ctx, links } = presenting
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return new Map()
  const [attachments, comments, results] = await Promise.all([
    attachmentsBy(presenting, 'session', ids),
    rowsOf(ctx, 'machine-qa.comment', 'session', ids, 'submitDate'),
    rowsOf(ctx, 'machine-qa.result', 'testListInstance', ids, 'order'),
  ])
  const [presentedComments, presentedResults] = await Promise.all([
    presentRows(presenting, COMMENTS, comments, 'list'),
    presentRows(presenting, RESULTS, results, 'list'),
  ])
  const commentsOf = grouped(comments, 'session', presentedComments)
  const resultsOf = grouped(results, 'testListInstance', presentedResults)
  return new Map(
    ids.map((id) => [
      id,
      {
        attachments: attachments.get(id) ?? [],
        comments: commentsOf.get(id) ?? [],
        test_instances: resultsOf.get(id) ?? [],
        site_url: sessionPage(links, id),
      },
    ]),
  )
}

async function rowsOf(
  ctx: Context,
  record: string,
  owner: string,
  ids: readonly number[],
  order: string,
): Promise<readonly AnyRow[]> {
  const query = {
    where: compare(owner, 'in', ids),
    order: [{ path: [order], direction: 'asc' as const }],
    limit: 1_000_000,
    offset: 0,
  }
  return (await listRecords(ctx, ctx.catalogue.get(record), query, { total: 'none' })).rows
}

function grouped(
  rows: readonly AnyRow[],
  owner: string,
  presented: readonly unknown[],
): ReadonlyMap<number, unknown[]> {
  const result = new Map<number, unknown[]>()
  for (const [index, row] of rows.entries()) {
    const id = Number(row[owner])
    const found = result.get(id) ?? []
    found.push(presented[index])
    result.set(id, found)
  }
  return result
}
