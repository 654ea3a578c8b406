import { type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId } from '../../core/actor.ts'
import { localTimeAt } from '../../core/calendar.ts'
import { RefusedError } from '../../core/refusal.ts'
import { constraintViolation } from '../../platform/database/constraint-violation.ts'
import type { DocumentBuilder } from '../../platform/pdf/document-builder.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { type DocumentKinds, requireDocumentKind } from './document-kind.ts'
import {
  type DocumentIdentity,
  type DocumentSubject,
  documentNumber,
  type IssuedDocument,
} from './domain/document.ts'
import { getDocument } from './list-documents.ts'
import { findLastPosition, insertDocument, takePosition } from './store/documents.ts'

/** What is to be issued. */
export type DocumentRequest = {
  /** a declared kind */
  readonly kind: string
  readonly title: string
  readonly subject?: DocumentSubject
  /** whose it is, in the words of its kind */
  readonly scope?: string
  readonly mediaType: 'application/pdf' | 'text/csv' | 'application/json'
  /** the document whose place it takes: it keeps the number and gets the next revision */
  readonly supersedesId?: number
  /** Makes the content, which may name its number. Called again where another document took that number meanwhile. */
  readonly write: (identity: DocumentIdentity) => Promise<Buffer>
  /** What belongs together with the issue, in the same transaction. */
  readonly onIssued?: (tx: Context, document: IssuedDocument) => Promise<void>
}

const LARGEST_BYTES = 256 * 2 ** 20
const MOST_ATTEMPTS = 5
const EXTENSIONS = { 'application/pdf': 'pdf', 'text/csv': 'csv', 'application/json': 'json' } as const

/**
 * Gives out a document: its content is stored, numbered and can never change. Numbers of a kind and year have no gaps,
 * since a number is taken in the transaction that stores the document; the content is made outside of it, so that
 * nobody waits for a long one.
 *
 * @throws RefusedError `not-permitted`; `not-found` for the document to be superseded; `conflict` where another one
 *   has taken its place already
 */
export async function issueDocument(
  ctx: Context,
  kinds: DocumentKinds,
  request: DocumentRequest,
): Promise<IssuedDocument> {
  const kind = requireDocumentKind(kinds, request.kind)
  requirePermission(ctx, kind.issuePermission)
  const superseded = await findSuperseded(ctx, kinds, request)
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const identity = superseded
      ? { ...identityOf(superseded), revision: superseded.revision + 1 }
      : await nextIdentity(ctx, kind)
    const content = await request.write(identity)
    const { sha256 } = await ctx.blobs.put(content, { maxBytes: LARGEST_BYTES })
    const issued = await storeIfFree(ctx, request, identity, { sha256, sizeBytes: content.length })
    if (issued) return issued
  }
  throw new RefusedError({
    kind: 'conflict',
    reason: 'Other documents were issued at the same time. Try again.',
  })
}

/** @returns undefined where another document took the number meanwhile */
function storeIfFree(
  ctx: Context,
  request: DocumentRequest,
  identity: DocumentIdentity,
  content: Pick<IssuedDocument, 'sha256' | 'sizeBytes'>,
): Promise<IssuedDocument | undefined> {
  // the caller's transaction has taken the number already
  const isTaken = ctx.inTransaction || identity.revision > 1
  return inTransaction(ctx, async (tx) => {
    if (!isTaken) await takeExpected(tx, request.kind, identity)
    return store(tx, request, identity, content)
  }).catch((error: unknown) => {
    if (error instanceof NumberTakenError) return undefined
    throw error
  })
}

/** Undoes the transaction that took a number other than the content says. */
class NumberTakenError extends Error {}

async function takeExpected(tx: Context, kind: string, { year, position }: DocumentIdentity): Promise<void> {
  if ((await takePosition(tx.db, kind, year)) !== position) throw new NumberTakenError()
}

function identityOf({ number, year, position, revision }: DocumentIdentity): DocumentIdentity {
  return { number, year, position, revision }
}

/** The number that is next, taken already where the caller's transaction can undo it. */
async function nextIdentity(
  ctx: Context,
  { kind, prefix }: { readonly kind: string; readonly prefix: string },
): Promise<DocumentIdentity> {
  const { year } = localTimeAt(ctx.now(), ctx.zone)
  const position = ctx.inTransaction
    ? await takePosition(ctx.db, kind, year)
    : (await findLastPosition(ctx.db, kind, year)) + 1
  return { number: documentNumber(prefix, year, position), year, position, revision: 1 }
}

async function findSuperseded(
  ctx: Context,
  kinds: DocumentKinds,
  { kind, supersedesId }: DocumentRequest,
): Promise<IssuedDocument | undefined> {
  if (supersedesId === undefined) return undefined
  const document = await getDocument(ctx, kinds, supersedesId)
  if (document.kind !== kind)
    throw new RefusedError({ kind: 'conflict', reason: 'That document is of another kind.' })
  if (document.supersededById !== null) throw alreadySuperseded()
  return document
}

function alreadySuperseded(): RefusedError {
  return new RefusedError({
    kind: 'conflict',
    reason: 'Another document has taken the place of that one already.',
  })
}

async function store(
  tx: Context,
  request: DocumentRequest,
  identity: DocumentIdentity,
  content: Pick<IssuedDocument, 'sha256' | 'sizeBytes'>,
): Promise<IssuedDocument> {
  const { actor } = tx
  const revision = identity.revision === 1 ? '' : `-${identity.revision}`
  const values = {
    ...identity,
    ...content,
    kind: request.kind,
    title: request.title,
    subject: request.subject ?? null,
    scope: request.scope ?? null,
    mediaType: request.mediaType,
    fileName: `${identity.number}${revision}.${EXTENSIONS[request.mediaType]}`,
    issuedAt: tx.now(),
    issuedById: actingUserId(actor),
    issuedBy: actor.kind === 'user' ? actor.username : actor.kind === 'system' ? actor.name : '',
    supersedesId: request.supersedesId ?? null,
  }
  const id = await insertDocument(tx.db, values).catch((error: unknown) => {
    throw constraintViolation(error)?.kind === 'unique' ? alreadySuperseded() : error
  })
  const document: IssuedDocument = { ...values, id, supersededById: null }
  await recordAudit(tx, {
    action: 'reports.document.issue',
    record: 'reports.document',
    recordId: id,
    after: { ...identity, kind: request.kind, title: request.title, subject: values.subject, ...content },
  })
  await request.onIssued?.(tx, document)
  return document
}

/** Issues the document that its kind makes of a record, for kinds that people issue by hand. */
export async function issueComposed(
  ctx: Context,
  services: { readonly documentKinds: DocumentKinds; readonly builder: Pick<DocumentBuilder, 'buildPdf'> },
  wanted: { readonly kind: string; readonly subjectId: string; readonly supersedesId?: number },
): Promise<IssuedDocument> {
  const kind = requireDocumentKind(services.documentKinds, wanted.kind)
  requirePermission(ctx, kind.issuePermission)
  const { compose } = kind
  if (!compose)
    throw new RefusedError({ kind: 'conflict', reason: 'Documents of this kind are not issued by hand.' })
  const draft = await compose(ctx, wanted.subjectId, { number: '', year: 0, position: 0, revision: 1 })
  return issueDocument(ctx, services.documentKinds, {
    kind: wanted.kind,
    title: draft.title,
    subject: { record: draft.record, id: wanted.subjectId },
    ...(draft.scope === undefined ? {} : { scope: draft.scope }),
    mediaType: 'application/pdf',
    ...(wanted.supersedesId === undefined ? {} : { supersedesId: wanted.supersedesId }),
    write: async (identity) =>
      services.builder.buildPdf((await compose(ctx, wanted.subjectId, identity)).document),
  })
}
