/** What an issued document is called: unique, and without gaps within a kind and year. */
export type DocumentIdentity = {
  /** such as `QAS-2026-0012` */
  readonly number: string
  readonly year: number
  /** 1 for the first one of the kind in that year */
  readonly position: number
  /** 1 unless it replaces one of the same number */
  readonly revision: number
}

/** The record to which a document belongs. */
export type DocumentSubject = { readonly record: string; readonly id: string }

/** A file that was given out: it never changes, and a later one may take its place. */
export type IssuedDocument = DocumentIdentity & {
  readonly id: number
  readonly kind: string
  readonly title: string
  readonly subject: DocumentSubject | null
  /** whose it is, in the words of its kind, such as `client:5`; null where the kind asks nobody */
  readonly scope: string | null
  readonly mediaType: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly issuedAt: Date
  readonly issuedById: number | null
  /** the name as it was then */
  readonly issuedBy: string
  /** id of the document whose place it took */
  readonly supersedesId: number | null
  /** id of the document that took its place */
  readonly supersededById: number | null
}

/** `QAS-2026-0012`; more than 9999 a year become longer. */
export function documentNumber(prefix: string, year: number, position: number): string {
  return `${prefix}-${year}-${String(position).padStart(4, '0')}`
}

/** The number as people write it: `QAS-2026-0012`, and with `rev. 2` from the second revision on. */
export function documentLabel({ number, revision }: Pick<DocumentIdentity, 'number' | 'revision'>): string {
  return revision === 1 ? number : `${number} rev. ${revision}`
}
