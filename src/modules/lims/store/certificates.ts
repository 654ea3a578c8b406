import type { Generated } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'

type CertificateTables = {
  lims_certificate: {
    id: Generated<number>
    document_id: number
    request_id: number
    results: string
    reason: string | null
    issued_at: Date | string
  }
  reports_document: {
    id: number
    number: string
    revision: number
    issued_at: Date | string
  }
}

/** What an issued certificate said about one analysis. */
export type CertifiedResult = { readonly keyword: string; readonly title: string; readonly text: string }

/** A sample on an issued certificate. */
export type CertifiedSample = {
  readonly documentId: number
  readonly number: string
  readonly revision: number
  readonly requestId: number
  readonly issuedAt: Date
  readonly reason: string | null
  readonly results: readonly CertifiedResult[]
}

/** Every certificate that reports one of these samples, the oldest first. */
export async function findCertified(
  db: Database,
  by: { readonly requestIds: readonly number[] } | { readonly documentIds: readonly number[] },
): Promise<readonly CertifiedSample[]> {
  const isByRequest = 'requestIds' in by
  const ids = isByRequest ? by.requestIds : by.documentIds
  if (ids.length === 0) return []
  const rows = await db
    .withTables<CertificateTables>()
    .selectFrom('lims_certificate')
    .innerJoin('reports_document', 'reports_document.id', 'lims_certificate.document_id')
    .select([
      'lims_certificate.document_id',
      'lims_certificate.request_id',
      'lims_certificate.results',
      'lims_certificate.reason',
      'reports_document.number',
      'reports_document.revision',
      'reports_document.issued_at',
    ])
    .where(isByRequest ? 'lims_certificate.request_id' : 'lims_certificate.document_id', 'in', [...ids])
    .orderBy('lims_certificate.id')
    .execute()
  return rows.map((row) => ({
    documentId: row.document_id,
    number: row.number,
    revision: row.revision,
    requestId: row.request_id,
    issuedAt: new Date(row.issued_at),
    reason: row.reason,
    results: JSON.parse(row.results),
  }))
}

export async function insertCertified(
  db: Database,
  samples: readonly Pick<CertifiedSample, 'documentId' | 'requestId' | 'issuedAt' | 'reason' | 'results'>[],
): Promise<void> {
  await db
    .withTables<CertificateTables>()
    .insertInto('lims_certificate')
    .values(
      samples.map(({ documentId, requestId, issuedAt, reason, results }) => ({
        document_id: documentId,
        request_id: requestId,
        results: JSON.stringify(results),
        reason,
        issued_at: issuedAt,
      })),
    )
    .execute()
}
