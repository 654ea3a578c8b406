import { hasPermission } from '../../core/actor.ts'
import type { DocumentKind } from './document-kind.ts'
import { documentLabel } from './domain/document.ts'

/** Sessions that were given out on paper. */
export const SESSION_DOCUMENT: DocumentKind = {
  kind: 'machine-qa.session',
  title: 'QA session',
  prefix: 'QAS',
  issuePermission: 'reports.document.issue',
  audience: ({ actor }) => (hasPermission(actor, 'machine-qa.session.view-completed') ? 'all' : 'none'),
  compose: async (ctx, subjectId, identity) => {
    // loaded with the first one: the server starts without it
    const { sessionDocument } = await import('./session-document.ts')
    const document = await sessionDocument(ctx, /^\d{1,15}$/.test(subjectId) ? Number(subjectId) : 0)
    return {
      title: `${document.title}, ${document.subtitle ?? ''}`,
      record: 'machine-qa.session',
      document: { ...document, documentId: documentLabel(identity) },
    }
  },
}
