import type { Context } from '../../context.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { DocumentKind, DocumentKinds } from './document-kind.ts'
import type { IssuedDocument } from './domain/document.ts'
import {
  type DocumentFilter,
  type DocumentOrder,
  findDocuments,
  type ReadableKind,
} from './store/documents.ts'

export type DocumentListRequest = Omit<DocumentFilter, 'ids'> & {
  readonly order?: DocumentOrder
  readonly limit?: number
  readonly offset?: number
}

const MOST_AT_ONCE = 500
const NEWEST_FIRST: DocumentOrder = { by: 'issuedAt', direction: 'desc' }

/** Issued documents that the acting user may read; which those are is asked of the part that owns each kind. */
export async function listDocuments(
  ctx: Context,
  kinds: DocumentKinds,
  request: DocumentListRequest = {},
): Promise<{ readonly documents: readonly IssuedDocument[]; readonly total: number }> {
  const { order = NEWEST_FIRST, limit = 50, offset = 0, ...filter } = request
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_AT_ONCE)
    throw invalidInput('limit', `This must be a whole number from 1 to ${MOST_AT_ONCE}.`)
  if (!Number.isInteger(offset) || offset < 0 || offset > 100_000_000)
    throw invalidInput('offset', 'This must be a whole number from 0 on.')
  const readable = await readableKinds(ctx, kinds)
  return findDocuments(ctx.db, readable, filter, { order, limit, offset })
}

/** One issued document. @throws RefusedError `not-found`, also for what the acting user may not read */
export async function getDocument(ctx: Context, kinds: DocumentKinds, id: number): Promise<IssuedDocument> {
  const readable = await readableKinds(ctx, kinds)
  const page = { order: NEWEST_FIRST, limit: 1, offset: 0 }
  const [document] = (await findDocuments(ctx.db, readable, { ids: [id] }, page)).documents
  if (!document) throw new RefusedError({ kind: 'not-found', what: 'document', id })
  return document
}

/** The kinds of which the acting user may read something. @throws RefusedError `not-authenticated` */
export async function listDocumentKinds(
  ctx: Context,
  kinds: DocumentKinds,
): Promise<readonly Pick<DocumentKind, 'kind' | 'title'>[]> {
  const readable = new Set((await readableKinds(ctx, kinds)).map(({ kind }) => kind))
  return [...kinds.values()]
    .filter(({ kind }) => readable.has(kind))
    .map(({ kind, title }) => ({ kind, title }))
}

async function readableKinds(ctx: Context, kinds: DocumentKinds): Promise<readonly ReadableKind[]> {
  if (ctx.actor.kind === 'anonymous') throw new RefusedError({ kind: 'not-authenticated' })
  const audiences = await Promise.all(
    [...kinds.values()].map(async ({ kind, audience }) => ({ kind, audience: await audience(ctx) })),
  )
  return audiences.flatMap(({ kind, audience }): ReadableKind[] => {
    if (audience === 'all') return [{ kind }]
    return audience === 'none' || audience.length === 0 ? [] : [{ kind, scopes: audience }]
  })
}
