import type { DocumentBuilder } from '../../platform/pdf/document-builder.ts'
import type { DocumentKinds } from './document-kind.ts'
import type { ReportKinds } from './report-kind.ts'

/** What the verbs of this module need besides the context; made once at start. */
export type Reports = {
  readonly kinds: ReportKinds
  readonly documentKinds: DocumentKinds
  readonly builder: Pick<DocumentBuilder, 'buildPdf' | 'buildLabels'>
  /** on the head of every document */
  readonly siteName: string
}
