import type { FastifyInstance, FastifyRequest } from 'fastify'
import { routeBothSpellings } from './both-spellings.ts'
import { openApiPage } from './openapi-page.ts'
import { type OpenApiPart, openApiOf } from './openapi-part.ts'
import { renderYaml } from './render-yaml.ts'

const TYPE = 'application/vnd.oai.openapi'

/** `/api/schema/` of an API that is mounted alone: JSON, YAML where it is asked for, and two pages for people. */
export function openApiRoutes(
  app: FastifyInstance,
  part: OpenApiPart,
  rootOf: (request: FastifyRequest) => string,
): void {
  routeBothSpellings(app, {
    method: 'GET',
    url: '/api/schema/',
    handler: async (request, reply) => {
      const document = openApiOf(part.title, [part], rootOf(request))
      return asksForYaml(request)
        ? reply.type(`${TYPE}; charset=utf-8`).send(renderYaml(document))
        : reply.type(TYPE).send(Buffer.from(JSON.stringify(document)))
    },
  })
  openApiPages(app, async () => ({ title: part.title, paths: part.paths }))
}

/** `/api/schema/swagger-ui/` and `/api/schema/redoc/`: the operations as a page. */
export function openApiPages(
  app: FastifyInstance,
  read: () => Promise<{ readonly title: string; readonly paths: Readonly<Record<string, unknown>> }>,
): void {
  for (const url of ['/api/schema/swagger-ui/', '/api/schema/redoc/']) {
    routeBothSpellings(app, {
      method: 'GET',
      url,
      handler: async (_request, reply) => {
        const { title, paths } = await read()
        return reply.type('text/html; charset=utf-8').send(openApiPage(title, INTRODUCTION, paths))
      },
    })
  }
}

const INTRODUCTION =
  '<p>The machine-readable form of this page is <a href="../">the schema</a> (OpenAPI 3.0.3; <a href="../?format=yaml">YAML</a>).</p>'

function asksForYaml({ query, headers }: FastifyRequest): boolean {
  const { format } = query as { readonly format?: unknown }
  return typeof format === 'string' ? format === 'yaml' : /yaml/.test(headers.accept ?? '')
}
