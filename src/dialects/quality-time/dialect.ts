import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Quality } from '../../modules/quality/quality.ts'
import type { Dialect, Failure } from '../../platform/http/dialect.ts'
import type { DocumentBuilder } from '../../platform/pdf/document-builder.ts'
import { authenticate } from './authenticate.ts'
import { editEndpoints } from './edit-endpoints.ts'
import { type Endpoint, PREFIXES, serveEndpoint } from './endpoint.ts'
import { refuse } from './errors.ts'
import { eventEndpoints } from './event-endpoints.ts'
import { sendErrorPage } from './html-page.ts'
import { issueEndpoints } from './issue-endpoints.ts'
import { type ListedRoute, listingRoutes } from './listing.ts'
import { measurementEndpoints } from './measurement-endpoints.ts'
import { pdfEndpoints } from './pdf-endpoints.ts'
import { readingEndpoints } from './reading-endpoints.ts'
import { reportEndpoints } from './report-endpoints.ts'
import { sessionEndpoints } from './session-endpoints.ts'

export type QualityTimeServices = {
  readonly quality: Quality
  readonly builder: Pick<DocumentBuilder, 'buildPdf'>
  /** where people reach the server; empty to take it from each request */
  readonly publicUrl: string
  readonly sessionHours: number
  readonly version: string
  /** routes of the other APIs, for the listing */
  readonly otherRoutes: () => Promise<readonly ListedRoute[]>
}

/** The documented API of Quality-time below `/api/v3` and `/api/internal`, and the addresses of its reports. */
export function createQualityTimeDialect(services: QualityTimeServices): Dialect {
  const { quality, builder, publicUrl, otherRoutes } = services
  const rules: { current: readonly RegExp[] } = { current: [] }
  return {
    refuse: (request, reply, failure) => refuseKnown(request, reply, failure, rules.current),
    plugin: async (app) => {
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      app.addHook('onRequest', (request) => authenticate(request, quality.access))
      const endpoints: readonly Endpoint[] = [
        ...sessionEndpoints(quality, services),
        ...reportEndpoints(quality),
        ...pdfEndpoints(quality, builder),
        ...editEndpoints(quality),
        ...issueEndpoints(quality),
        ...measurementEndpoints(quality),
        ...readingEndpoints(),
        ...eventEndpoints(app),
      ]
      for (const endpoint of endpoints) serveEndpoint(app, endpoint)
      listingRoutes(app, endpoints, { publicUrl, others: otherRoutes })
      reportPages(app)
      rules.current = endpoints.flatMap(({ path }) => PREFIXES.map((prefix) => ruleOf(`${prefix}${path}`)))
    },
  }
}

function ruleOf(rule: string): RegExp {
  return new RegExp(`^${rule.replaceAll(/<\w+>/g, '[^/]+')}$`)
}

/** A path that is known for another method. */
function refuseKnown(
  request: FastifyRequest,
  reply: FastifyReply,
  failure: Failure,
  rules: readonly RegExp[],
): FastifyReply {
  const path = request.url.split('?', 1)[0] ?? '/'
  const isKnown =
    failure.kind === 'no-route' && request.method !== 'GET' && rules.some((rule) => rule.test(path))
  return isKnown ? sendErrorPage(reply, 405, 'Method not allowed.') : refuse(request, reply, failure)
}

/** The address of a report in the documented system leads to its page here, with what it says of the view. */
function reportPages(app: FastifyInstance): void {
  for (const url of ['/:report_uuid', '/:report_uuid/']) {
    app.get(url, async (request, reply) => {
      const { report_uuid = '' } = request.params as { readonly report_uuid?: string }
      const at = request.url.indexOf('?')
      return reply.redirect(`/app/quality/${report_uuid}${at < 0 ? '' : request.url.slice(at)}`, 302)
    })
  }
}
