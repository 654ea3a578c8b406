import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { all, compare } from '../../core/query.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { findSamples } from '../../modules/research/find-samples.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { parametersOf } from './endpoint.ts'
import { type ListQuery, parseFilters } from './filters.ts'
import { presentRows } from './present.ts'
import type { Resource } from './resource.ts'
import { sendJson } from './send-json.ts'

const ROWS_AT_ONCE = 500

/** A list: all rows unless a limit is asked for, streamed, with its total in a header. */
export async function sendList(
  request: FastifyRequest,
  reply: FastifyReply,
  resource: Resource,
  root: string,
): Promise<FastifyReply> {
  const { ctx } = request
  const query = visible(resource, parseFilters(resource, parametersOf(request)))
  const { limit, offset } = query
  const first = await pageOf(
    ctx,
    resource,
    query,
    { limit: Math.min(limit ?? ROWS_AT_ONCE, ROWS_AT_ONCE), offset },
    'exact',
  )
  const total = first.total ?? first.rows.length
  reply.header('x-total-count', total)
  if (limit !== undefined && limit > 0 && offset + limit < total)
    reply.header('link', nextLink(request, root, offset + limit))
  const wanted = Math.min(limit ?? total, Math.max(0, total - offset))
  if (request.method === 'HEAD') return reply.type('application/json').send()
  if (wanted <= first.rows.length)
    return sendJson(reply, await presentRows(ctx, resource, first.rows.slice(0, wanted), root))
  return reply
    .type('application/json')
    .send(Readable.from(rest(ctx, resource, query, wanted, root), { objectMode: false }))
}

type Slice = { readonly limit: number; readonly offset: number }

/** One page by the records, or by the search of samples where their info decides. */
async function pageOf(
  ctx: Context,
  resource: Resource,
  { where, tests, order }: ListQuery,
  slice: Slice,
  total: 'exact' | 'none',
): Promise<{ readonly rows: readonly AnyRow[]; readonly total: number | null }> {
  if (tests.length === 0)
    return listRecords(ctx, resource.record, { where, order, ...slice }, { relations: 'none', total })
  const words = order.map(({ path, direction }) => `${direction === 'desc' ? '-' : ''}${path.join('.')}`)
  return findSamples(ctx, { search: { kind: 'all', of: tests }, where, order: words, total, ...slice })
}

/** Types that are not offered are no part of this API. */
function visible(resource: Resource, query: ListQuery): ListQuery {
  const retired = resource.record.retirable ? [compare('retiredAt', 'isnull', true)] : []
  const listed = resource.path === 'sampletypes' ? [compare('listed', 'exact', true)] : []
  return { ...query, where: all(query.where, ...retired, ...listed) }
}

/** The array in pieces: each page is read when it is its turn. */
async function* rest(
  ctx: Context,
  resource: Resource,
  query: ListQuery,
  wanted: number,
  root: string,
): AsyncGenerator<string> {
  yield '['
  let sent = 0
  let after: number | undefined
  const byId = query.order.length === 1
  while (sent < wanted) {
    const where = byId && after !== undefined ? all(query.where, compare('id', 'gt', after)) : query.where
    const offset = byId && after !== undefined ? 0 : query.offset + sent
    const limit = Math.min(ROWS_AT_ONCE, wanted - sent)
    const { rows } = await pageOf(ctx, resource, { ...query, where }, { limit, offset }, 'none')
    if (rows.length === 0) break
    const texts = (await presentRows(ctx, resource, rows, root)).map((row) => JSON.stringify(row))
    yield (sent === 0 ? '' : ',') + texts.join(',')
    sent += rows.length
    after = rows.at(-1)?.id
  }
  yield ']'
}

function nextLink(request: FastifyRequest, root: string, offset: number): string {
  const parameters = parametersOf(request)
  parameters.set('offset', String(offset))
  const path = request.url.split('?', 1)[0] ?? ''
  return `<${root}${path.replace(/^\/compat\/dmlf/, '')}?${parameters}>; rel="next"`
}
