import { createHash } from 'node:crypto'
import { RefusedError } from '../../core/refusal.ts'
import { findSourceType } from '../../modules/quality/domain/catalogue/catalogue.ts'
import { findAllChanges, findChangesOfItem } from '../../modules/quality/find-changes.ts'
import { loadOverview } from '../../modules/quality/load-reports.ts'
import { searchItems } from '../../modules/quality/search-items.ts'
import { drawLogo } from './draw-logo.ts'
import { bodyText, type Endpoint, type Exchange } from './endpoint.ts'
import { CATALOGUE_DOCUMENT, CATALOGUE_HASH } from './present-catalogue.ts'
import { sendJson } from './send-json.ts'
import { wireTimestamp } from './timestamps.ts'
import { PageFailure } from './wire-failure.ts'

type Entries = Awaited<ReturnType<typeof findAllChanges>>

/** What there is besides reports and measurements: catalogue, changelog, search, logos. */
export function readingEndpoints(): readonly Endpoint[] {
  return [
    { method: 'GET', path: '/datamodel', description: 'What reports are built from.', handle: dataModel },
    {
      method: 'GET',
      path: '/changelog/<nr_changes>',
      description: 'The latest changes of all reports.',
      handle: async ({ ctx, part }) => presentChanges(await findAllChanges(ctx, countOf(part('nr_changes')))),
    },
    ...['report', 'subject', 'metric', 'source'].map(
      (kind): Endpoint => ({
        method: 'GET',
        path: `/changelog/${kind}/<${kind}_uuid>/<nr_changes>`,
        description: `The latest changes of a ${kind} and of what is in it.`,
        handle: async ({ ctx, part }) => {
          const limit = countOf(part('nr_changes'))
          return presentChanges(await findChangesOfItem(ctx, part(`${kind}_uuid`), { limit }))
        },
      }),
    ),
    {
      method: 'GET',
      path: '/logo/<source_type>',
      description: 'The icon of a kind of source.',
      handle: async ({ part, reply }) => {
        const type = findSourceType(part('source_type'))
        if (!type) throw new PageFailure(404, 'There is no such kind of source.')
        return reply.type('image/png').header('cache-control', 'no-cache').send(drawLogo(type.name))
      },
    },
    {
      method: 'POST',
      path: '/<domain_object_type>/search',
      description: 'The ids of reports, subjects, metrics or sources with a value of an attribute.',
      handle: search,
    },
  ]
}

/** The catalogue has been what it is for as long as the product has had an overview. */
async function dataModel({ ctx, request, reply, at }: Exchange): Promise<unknown> {
  const overview = await loadOverview(ctx, at())
  if (!overview) return {}
  const etag = createHash('md5').update(CATALOGUE_HASH).digest('hex')
  reply.header('etag', etag)
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return { ...CATALOGUE_DOCUMENT, timestamp: wireTimestamp(overview.validFrom), _id: etag.slice(0, 24) }
}

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new PageFailure(404, 'The number of changes must be a whole number.')
  return Number(text)
}

function presentChanges(entries: Entries) {
  return {
    changelog: entries.map(({ description, authorEmail, at }) => ({
      delta: description,
      email: authorEmail,
      timestamp: wireTimestamp(at),
    })),
  }
}

const KINDS = ['report', 'subject', 'metric', 'source'] as const

/** Whatever is wrong with a search is said with status 200. */
async function search({ ctx, part, request, reply }: Exchange): Promise<unknown> {
  const type = part('domain_object_type')
  const failed = (error: string, query?: unknown) =>
    sendJson(reply, {
      domain_object_type: type,
      error,
      ok: false,
      ...(query === undefined ? {} : { search_query: query }),
    })
  const query = parsedQuery(bodyText(request))
  const [entry] = query ? Object.entries(query) : []
  if (!query || !entry) return failed('The body must be a JSON object with an attribute and its value.')
  const kind = KINDS.find((each) => each === type)
  if (!kind) return failed(`There are no items of type ${type}.`, query)
  try {
    const uuids = await searchItems(ctx, { kind, attribute: entry[0], value: entry[1] })
    return { domain_object_type: type, ok: true, search_query: query, uuids }
  } catch (error) {
    if (error instanceof RefusedError) return failed(error.message, query)
    throw error
  }
}

function parsedQuery(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
