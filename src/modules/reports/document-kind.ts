import type { Context } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { PdfDocument } from '../../platform/pdf/pdf-document.ts'
import type { DocumentIdentity } from './domain/document.ts'

/** What the acting user may read of a kind: everything, nothing, or what belongs to one of these scopes. */
export type DocumentAudience = 'all' | 'none' | readonly string[]

/** A kind of document that is given out. The part that owns it declares it and answers for who may read it. */
export type DocumentKind = {
  /** `module.noun`, e.g. `machine-qa.session` */
  readonly kind: string
  readonly title: string
  /** before the year in its numbers, in capitals: `QAS` */
  readonly prefix: string
  /** asked of whoever issues one */
  readonly issuePermission: string
  readonly audience: (ctx: Context) => DocumentAudience | Promise<DocumentAudience>
  /** How one is made of a record, where people issue it by hand. */
  readonly compose?: (
    ctx: Context,
    subjectId: string,
    identity: DocumentIdentity,
  ) => Promise<ComposedDocument>
}

export type ComposedDocument = {
  readonly title: string
  /** name of the record that the id belongs to */
  readonly record: string
  readonly scope?: string
  readonly document: PdfDocument
}

export type DocumentKinds = ReadonlyMap<string, DocumentKind>

/** @throws Error for a kind or a prefix that is declared twice: a defect of the declarations */
export function collectDocumentKinds(kinds: readonly DocumentKind[]): DocumentKinds {
  const byKind = new Map(kinds.map((kind) => [kind.kind, kind]))
  const prefixes = new Set(kinds.map(({ prefix }) => prefix))
  if (byKind.size < kinds.length || prefixes.size < kinds.length)
    throw new Error('A kind of document, or its prefix, is declared twice.')
  return byKind
}

/** @throws RefusedError `not-found` */
export function requireDocumentKind(kinds: DocumentKinds, name: string): DocumentKind {
  const kind = kinds.get(name)
  if (!kind) throw new RefusedError({ kind: 'not-found', what: 'kind of document', id: name })
  return kind
}
