import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { routeBothSpellings } from '../../platform/http/both-spellings.ts'
import type { Dialect } from '../../platform/http/dialect.ts'
import type { Catalogue } from '../../platform/records/catalogue.ts'
import { ATTACHMENTS, COMMENTS } from './attachment-resources.ts'
import { AUTH_RESOURCES } from './auth-resources.ts'
import { getContentType, listContentTypes } from './content-type-resource.ts'
import { EMPTY_RESOURCES } from './empty-resources.ts'
import { NOT_FOUND, refuse, WireError } from './errors.ts'
import { type Admission, admit, answer, presenting, type Surroundings } from './exchange.ts'
import { getTokenRoute } from './get-token.ts'
import { getResource, listResource } from './list-resource.ts'
import { METHODS, type Method, permissionFor } from './methods.ts'
import { keepBodiesRaw } from './parse-body.ts'
import { QA_RESOURCES } from './qa-resources.ts'
import { presentRoot, presentSubRoot, SUB_ROOTS } from './roots.ts'
import { UNIT_RESOURCES } from './unit-resources.ts'
import type { WireResource } from './wire-resource.ts'

const RESOURCES: ReadonlyMap<string, WireResource> = new Map(
  [...UNIT_RESOURCES, ...AUTH_RESOURCES, ATTACHMENTS, COMMENTS, ...QA_RESOURCES].map((resource) => [
    resource.path,
    resource,
  ]),
)

const OWNED =
  /^\/(api\/(auth|attachments|comments|contenttypes|faults|parts|qa|qc|servicelog|units|get-token|schema)(\/|\.|$)|api\/?$|media\/uploads\/|(qa|qc)\/)/

const READ: readonly Method[] = ['GET', 'HEAD', 'OPTIONS']

export type QatrackServices = {
  readonly access: Access
  readonly catalogue: Catalogue
  readonly publicUrl: string
}

/** The documented API of QATrack+ below `/api/`. */
export function createQatrackDialect({ access, catalogue, publicUrl }: QatrackServices): Dialect {
  return {
    name: 'qatrack',
    owns: (path) => OWNED.test(path) || (path.startsWith('/api/') && !path.startsWith('/api/v')),
    refuse,
    plugin: async (app, { mount }) => {
      const around: Surroundings = { access, publicUrl, mount }
      keepBodiesRaw(app)
      getTokenRoute(app, access)
      rootRoutes(app, around)
      for (const resource of RESOURCES.values()) readRoutes(app, around, resource, catalogue)
      contentTypeRoutes(app, around)
      for (const path of EMPTY_RESOURCES) emptyRoutes(app, around, path)
    },
  }
}

type Run = (request: FastifyRequest, reply: FastifyReply, suffix: string | undefined) => Promise<unknown>

/** One address in all its spellings: with and without slash, `qa` and `qc`, `.json` and `.api`. */
export function serve(
  app: FastifyInstance,
  around: Surroundings,
  path: string,
  title: string,
  admission: Admission,
  run: Run,
): void {
  for (const spelling of spellings(path)) {
    const handler = async (request: FastifyRequest, reply: FastifyReply) =>
      answer(around, request, reply, title, await run(request, reply, suffixOf(request)))
    const onRequest = async (request: FastifyRequest, reply: FastifyReply) =>
      admit(around, request, reply, admission, suffixOf(request))
    routeBothSpellings(app, { method: [...METHODS], url: `/api/${spelling}/`, onRequest, handler })
    if (spelling.endsWith('/:id')) continue
    app.route({ method: [...METHODS], url: `/api/${spelling}.:format`, onRequest, handler })
  }
}

function spellings(path: string): readonly string[] {
  return path === 'qa' || path.startsWith('qa/') ? [path, path.replace(/^qa/, 'qc')] : [path]
}

type Parameters = { readonly id?: string; readonly format?: string }

/** `json` in `/units.json` and `/units/1.json`. */
function suffixOf(request: FastifyRequest): string | undefined {
  const { id, format } = request.params as Parameters
  return format ?? /\.(\w+)$/.exec(id ?? '')?.[1]
}

/** The id of a path without its suffix. */
export function idOf(request: FastifyRequest): string {
  return ((request.params as Parameters).id ?? '').replace(/\.\w+$/, '')
}

export function parametersOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
}

function rootRoutes(app: FastifyInstance, around: Surroundings): void {
  const whole: Admission = { offered: READ, permission: () => 'machine-qa.access' }
  const root = async (request: FastifyRequest, reply: FastifyReply) =>
    answer(around, request, reply, 'Api Root', presentRoot(presenting(around, request).links))
  routeBothSpellings(app, {
    method: [...METHODS],
    url: '/api/',
    onRequest: (request, reply) => admit(around, request, reply, whole, undefined),
    handler: root,
  })
  for (const part of Object.keys(SUB_ROOTS)) {
    const open: Admission = { offered: READ, permission: () => 'open' }
    serve(app, around, part, `${part} API`, open, async (request) =>
      presentSubRoot(presenting(around, request).links, part),
    )
  }
}

function readRoutes(
  app: FastifyInstance,
  around: Surroundings,
  resource: WireResource,
  catalogue: Catalogue,
): void {
  const record = catalogue.get(resource.record)
  const admission: Admission = { offered: READ, permission: (method) => permissionFor(method, record) }
  serve(app, around, resource.path, `${resource.title} List`, admission, async (request) => {
    if (request.method === 'OPTIONS') return describe(resource)
    return listResource(presenting(around, request), RESOURCES, resource, parametersOf(request))
  })
  serve(app, around, `${resource.path}/:id`, `${resource.title} Instance`, admission, async (request) => {
    if (request.method === 'OPTIONS') return describe(resource)
    return getResource(presenting(around, request), resource, idOf(request))
  })
}

function describe({ title, description }: Pick<WireResource, 'title' | 'description'>) {
  return {
    name: title,
    description,
    renders: ['application/json', 'text/html'],
    parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  }
}

function contentTypeRoutes(app: FastifyInstance, around: Surroundings): void {
  const admission: Admission = { offered: READ, permission: () => 'machine-qa.access' }
  serve(app, around, 'contenttypes/contenttypes', 'Content Type List', admission, async (request) =>
    listContentTypes(presenting(around, request).links, parametersOf(request)),
  )
  serve(app, around, 'contenttypes/contenttypes/:id', 'Content Type Instance', admission, async (request) => {
    const found = getContentType(presenting(around, request).links, idOf(request))
    if (!found) throw new WireError(404, NOT_FOUND)
    return found
  })
}

function emptyRoutes(app: FastifyInstance, around: Surroundings, path: string): void {
  const admission: Admission = {
    offered: READ,
    permission: (method) =>
      READ.includes(method) ? 'machine-qa.access' : `machine-qa.${path.replace('/', '.')}.write`,
  }
  serve(app, around, path, path, admission, async () => ({
    count: 0,
    next: null,
    previous: null,
    results: [],
  }))
  serve(app, around, `${path}/:id`, path, admission, async () => {
    throw new WireError(404, NOT_FOUND)
  })
}
