import { overviewDocument, reportDocument } from '../../modules/quality/documents/quality-document.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import type { DocumentBuilder } from '../../platform/pdf/document-builder.ts'
import type { Endpoint } from './endpoint.ts'

/** Reports and the overview as documents. No parameter is ever refused. */
export function pdfEndpoints(
  quality: Quality,
  builder: Pick<DocumentBuilder, 'buildPdf'>,
): readonly Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/report/<report_uuid>/pdf',
      description: 'A report as PDF.',
      handle: async ({ ctx, part, query, reply }) => {
        const document = await reportDocument(ctx, quality, part('report_uuid'), query)
        return reply
          .type('application/pdf')
          .header('cache-control', 'no-store')
          .send(await builder.buildPdf(document))
      },
    },
    {
      method: 'GET',
      path: '/reports_overview/pdf',
      description: 'The overview of all reports as PDF.',
      handle: async ({ ctx, query, reply }) => {
        const document = await overviewDocument(ctx, quality, query)
        return reply
          .type('application/pdf')
          .header('cache-control', 'no-store')
          .send(await builder.buildPdf(document))
      },
    },
  ]
}
