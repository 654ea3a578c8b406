import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { IssuedDocument } from '../domain/document.ts'
import type { ReportTables } from './tables.ts'

/** The last position that a series has given, 0 for a new one. */
export async function findLastPosition(db: Database, kind: string, year: number): Promise<number> {
  const row = await db
    .withTables<ReportTables>()
    .selectFrom('reports_series')
    .select('last')
    .where('kind', '=', kind)
    .where('year', '=', year)
    .executeTakeFirst()
  return row?.last ?? 0
}

/** Takes the next position; whoever wants another one waits until this transaction ends, so that none is lost. */
export async function takePosition(db: Database, kind: string, year: number): Promise<number> {
  const { last } = await db
    .withTables<ReportTables>()
    .insertInto('reports_series')
    .values({ kind, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'year']).doUpdateSet({ last: sql<number>`reports_series.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

export type NewDocument = Omit<IssuedDocument, 'id' | 'supersededById'>

export async function insertDocument(db: Database, document: NewDocument): Promise<number> {
  const { id } = await db
    .withTables<ReportTables>()
    .insertInto('reports_document')
    .values({
      kind: document.kind,
      number: document.number,
      number_folded: fold(document.number),
      year: document.year,
      position: document.position,
      revision: document.revision,
      title: document.title,
      title_folded: fold(document.title),
      subject_record: document.subject?.record ?? null,
      subject_id: document.subject?.id ?? null,
      scope: document.scope,
      media_type: document.mediaType,
      file_name: document.fileName,
      size: document.sizeBytes,
      sha256: document.sha256,
      issued_at: document.issuedAt,
      issued_by_id: document.issuedById,
      issued_by: document.issuedBy,
      supersedes_id: document.supersedesId,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What may be read of a kind; without scopes all of it. */
export type ReadableKind = { readonly kind: string; readonly scopes?: readonly string[] }

export type DocumentFilter = {
  /** words in number or title */
  readonly text?: string
  readonly kinds?: readonly string[]
  readonly year?: number
  readonly subject?: { readonly record: string; readonly id: string }
  readonly ids?: readonly number[]
  /** without those whose place another one took */
  readonly currentOnly?: boolean
}

export type DocumentOrder = {
  readonly by: 'issuedAt' | 'number' | 'title'
  readonly direction: 'asc' | 'desc'
}

type Joined = ReportTables & { newer: ReportTables['reports_document'] }

/** Documents within what may be read, and how many there are. */
export async function findDocuments(
  db: Database,
  readable: readonly ReadableKind[],
  filter: DocumentFilter,
  page: { readonly order: DocumentOrder; readonly limit: number; readonly offset: number },
): Promise<{ readonly documents: readonly IssuedDocument[]; readonly total: number }> {
  if (readable.length === 0) return { documents: [], total: 0 }
  const chosen = joined(db).where((eb) => eb.and([isReadable(eb, readable), ...conditions(eb, filter)]))
  const { by, direction } = page.order
  const column = {
    issuedAt: 'reports_document.issued_at',
    number: 'reports_document.number',
    title: 'reports_document.title_folded',
  } as const
  const [rows, { total }] = await Promise.all([
    chosen
      .selectAll('reports_document')
      .select('newer.id as newer_id')
      .orderBy(column[by], direction)
      .orderBy('reports_document.id', direction)
      .limit(page.limit)
      .offset(page.offset)
      .execute(),
    chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { documents: rows.map(toDocument), total }
}

function joined(db: Database) {
  return db
    .withTables<ReportTables>()
    .selectFrom('reports_document')
    .leftJoin('reports_document as newer', 'newer.supersedes_id', 'reports_document.id')
}

type Builder = ExpressionBuilder<Joined, 'reports_document' | 'newer'>

function isReadable(eb: Builder, readable: readonly ReadableKind[]) {
  return eb.or(
    readable.map(({ kind, scopes }) =>
      eb.and([
        eb('reports_document.kind', '=', kind),
        ...(scopes ? [eb('reports_document.scope', 'in', [...scopes])] : []),
      ]),
    ),
  )
}

function conditions(eb: Builder, { text, kinds, year, subject, ids, currentOnly }: DocumentFilter) {
  const pattern = `%${fold(text ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  return [
    ...(text === undefined || text === ''
      ? []
      : [
          sql<boolean>`(reports_document.title_folded like ${pattern} escape '\\' or reports_document.number_folded like ${pattern} escape '\\')`,
        ]),
    ...(kinds ? [eb('reports_document.kind', 'in', [...kinds])] : []),
    ...(year === undefined ? [] : [eb('reports_document.year', '=', year)]),
    ...(subject
      ? [
          eb('reports_document.subject_record', '=', subject.record),
          eb('reports_document.subject_id', '=', subject.id),
        ]
      : []),
    ...(ids ? [eb('reports_document.id', 'in', [...ids])] : []),
    ...(currentOnly ? [eb('newer.id', 'is', null)] : []),
  ]
}

/** Which of some contents documents or runs of reports name. */
export async function findNamedContents(
  db: Database,
  sha256: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sha256.length === 0) return new Set()
  const tables = db.withTables<ReportTables>()
  const rows = await tables
    .selectFrom('reports_document')
    .select('sha256')
    .where('sha256', 'in', [...sha256])
    .union(
      tables
        .selectFrom('reports_run')
        .select(sql<string>`sha256`.as('sha256'))
        .where('sha256', 'in', [...sha256]),
    )
    .execute()
  return new Set(rows.map((row) => row.sha256))
}

function toDocument(
  row: Selectable<ReportTables['reports_document']> & { readonly newer_id: number | null },
): IssuedDocument {
  const { subject_record: record, subject_id: subjectId } = row
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    year: row.year,
    position: row.position,
    revision: row.revision,
    title: row.title,
    subject: record === null || subjectId === null ? null : { record, id: subjectId },
    scope: row.scope,
    mediaType: row.media_type,
    fileName: row.file_name,
    sizeBytes: row.size,
    sha256: row.sha256,
    issuedAt: new Date(row.issued_at),
    issuedById: row.issued_by_id,
    issuedBy: row.issued_by,
    supersedesId: row.supersedes_id,
    supersededById: row.newer_id,
  }
}
