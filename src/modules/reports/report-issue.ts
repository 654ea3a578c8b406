import { hasPermission } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { DocumentKind } from './document-kind.ts'
import { documentLabel } from './domain/document.ts'
import { getSavedReport } from './list-reports.ts'
import { describeReport } from './report-document.ts'
import type { ReportKinds } from './report-kind.ts'
import { MOST_ROWS, runReport } from './run-report.ts'

/** Saved reports that were given out under a number, readable to whoever may run reports of their kind. */
export function reportDocumentKind(kinds: ReportKinds, siteName: string): DocumentKind {
  return {
    kind: 'reports.report',
    title: 'Report',
    prefix: 'RPT',
    issuePermission: 'reports.document.issue',
    audience: ({ actor }) =>
      hasPermission(actor, 'reports.report.run')
        ? [...kinds.values()]
            .filter(({ permission }) => hasPermission(actor, permission))
            .map(({ kind }) => scopeOf(kind))
        : 'none',
    compose: async (ctx, subjectId, identity) => {
      const report = await getSavedReport(ctx, /^\d{1,15}$/.test(subjectId) ? Number(subjectId) : 0)
      const { kind, data } = await runReport(ctx, { kinds }, report, MOST_ROWS.pdf)
      if (data.isCut)
        throw new RefusedError({ kind: 'conflict', reason: 'This report is too long for a document.' })
      const { title, notes, signature } = report
      return {
        title,
        record: 'reports.report',
        scope: scopeOf(report.kind),
        document: describeReport(ctx, kind, data, {
          ...{ title, siteName, notes, signature },
          documentId: documentLabel(identity),
        }),
      }
    },
  }
}

function scopeOf(kind: string): string {
  return `kind:${kind}`
}
