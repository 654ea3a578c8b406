import type { FastifyInstance } from 'fastify'
import { sessionDocument } from '../../../modules/reports/session-document.ts'
import { contentDisposition } from '../../../platform/blobs/content-disposition.ts'
import { type DocumentBuilder, openDocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { type ById, idOf } from '../records.ts'

/** Documents of machine QA as PDF. The threads that make them start with the first one and end with the server. */
export function documentRoutes(app: FastifyInstance): void {
  const builder: DocumentBuilder = openDocumentBuilder()
  app.addHook('onClose', () => builder.close())

  app.get<ById>('/api/v1/machine-qa/sessions/:id/document', async (request, reply) => {
    const document = await sessionDocument(request.ctx, idOf(request))
    const pdf = await builder.buildPdf(document)
    return reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': contentDisposition(`session-${request.params.id}.pdf`, 'inline'),
        'cache-control': 'private, no-store',
      })
      .send(pdf)
  })
}
