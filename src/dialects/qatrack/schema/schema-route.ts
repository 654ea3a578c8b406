import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { routeBothSpellings } from '../../../platform/http/both-spellings.ts'
import { type OpenApiPart, openApiOf } from '../../../platform/http/openapi-part.ts'
import { openApiPages } from '../../../platform/http/openapi-routes.ts'
import { renderYaml } from '../../../platform/http/render-yaml.ts'
import { detail, NOT_FOUND, WireError } from '../../../platform/http/wire-error.ts'
import type { Catalogue } from '../../../platform/records/catalogue.ts'
import { authenticate } from '../authenticate.ts'
import type { Endpoint } from '../endpoint.ts'
import type { Surroundings } from '../exchange.ts'
import { METHODS } from '../methods.ts'
import { send } from '../send.ts'
import { linksOf } from '../wire/links.ts'
import { parseAccept } from '../wire/negotiate.ts'
import { parametersOf } from '../wire/parameters.ts'
import { renderJson } from '../wire/render-json.ts'
import { qatrackOpenApi } from './qatrack-openapi.ts'

/** The page for browsers calls it so. */
const ABOUT: Endpoint = {
  path: 'schema',
  title: 'QATrack+ API',
  description: 'All operations as OpenAPI 3.0.3.',
  kind: 'call',
  permission: () => 'open',
  handlers: { get: async () => ({}) },
  following: 'head-and-options',
}

type Form = { readonly as: 'json' | 'yaml' | 'html'; readonly type: string }

/** The other documented APIs of the host, which one document describes together with this one. */
export type OtherApis = () => Promise<readonly OpenApiPart[]>

/**
 * `/api/schema/`: anybody may read it, but nobody with a bad credential. At the root it describes all documented APIs
 * that are made alike, `?api=` one of them; mounted alone only this one.
 */
export function schemaRoute(
  app: FastifyInstance,
  around: Surroundings,
  own: { readonly catalogue: Catalogue; readonly endpoints: readonly Endpoint[] },
  others: OtherApis,
): void {
  const read = async (): Promise<readonly OpenApiPart[]> => [
    qatrackOpenApi(own.catalogue, own.endpoints),
    ...(around.mount === '' ? await others() : []),
  ]
  routeBothSpellings(app, {
    method: [...METHODS],
    url: '/api/schema/',
    handler: async (request, reply) => {
      reply.headers({ allow: 'GET, HEAD, OPTIONS', vary: 'Accept, Cookie' })
      const form = formOf(request)
      const sessionSecret = await authenticate(request, around.access)
      const rendering = { kind: form.as === 'html' ? 'html' : 'json', indent: 0, suffix: '' } as const
      request.qatrack = { around, endpoint: ABOUT, rendering, sessionSecret }
      requireReading(request)
      const { root } = linksOf(request, around.mount, around.publicUrl, '')
      const parts = chosen(request, await read())
      return sendDocument(request, reply, form, openApiOf(titleOf(parts), parts, root))
    },
  })
  openApiPages(app, async () => {
    const parts = await read()
    const { paths } = openApiOf('', parts, '')
    return { title: titleOf(parts), paths: paths as Readonly<Record<string, unknown>> }
  })
}

function titleOf([first, ...others]: readonly OpenApiPart[]): string {
  return first && others.length === 0 ? first.title : 'Touchstone'
}

/** @throws WireError 404 for an API that is not among them */
function chosen(request: FastifyRequest, parts: readonly OpenApiPart[]): readonly OpenApiPart[] {
  const api = parametersOf(request).get('api') ?? ''
  if (api === '') return parts
  const part = parts.find((one) => one.api === api)
  if (!part) throw new WireError(404, NOT_FOUND)
  return [part]
}

function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  { as, type }: Form,
  document: unknown,
): FastifyReply {
  if (as === 'html') return send(request, reply, { body: document })
  const text = as === 'yaml' ? renderYaml(document) : renderJson(document)
  return reply.type(type).send(Buffer.from(text))
}

/** @throws WireError 405 for anything but reading */
function requireReading(request: FastifyRequest): void {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) {
    throw new WireError(405, detail(`Method "${request.method}" not allowed.`))
  }
}

const OPENAPI = 'application/vnd.oai.openapi'

const BY_FORMAT: Readonly<Record<string, Form>> = {
  'openapi-json': { as: 'json', type: `${OPENAPI}+json` },
  openapi: { as: 'json', type: OPENAPI },
  json: { as: 'json', type: 'application/json' },
  yaml: { as: 'yaml', type: 'application/yaml' },
  api: { as: 'html', type: 'text/html' },
}

const BY_TYPE: Readonly<Record<string, Form>> = {
  '*/*': { as: 'json', type: OPENAPI },
  'application/*': { as: 'json', type: OPENAPI },
  [OPENAPI]: { as: 'json', type: OPENAPI },
  [`${OPENAPI}+json`]: { as: 'json', type: `${OPENAPI}+json` },
  'application/json': { as: 'json', type: 'application/json' },
  'application/yaml': { as: 'yaml', type: 'application/yaml' },
  'application/x-yaml': { as: 'yaml', type: 'application/x-yaml' },
  'text/yaml': { as: 'yaml', type: 'text/yaml; charset=utf-8' },
  [`${OPENAPI}+yaml`]: { as: 'yaml', type: `${OPENAPI}+yaml` },
  'text/html': { as: 'html', type: 'text/html' },
  'text/*': { as: 'html', type: 'text/html' },
}

/** JSON unless YAML is asked for: a YAML parser reads JSON, the documented sample does not read YAML. */
function formOf(request: FastifyRequest): Form {
  const format = parametersOf(request).getAll('format').at(-1) ?? ''
  if (format !== '') {
    const form = Object.hasOwn(BY_FORMAT, format) ? BY_FORMAT[format] : undefined
    if (!form) throw new WireError(404, NOT_FOUND)
    return form
  }
  const accept = request.headers.accept?.trim() || '*/*'
  const wanted = parseAccept(accept).find(({ type }) => Object.hasOwn(BY_TYPE, type))
  const form = wanted && BY_TYPE[wanted.type]
  if (!form) throw new WireError(406, detail('Could not satisfy the request Accept header.'))
  return form
}
