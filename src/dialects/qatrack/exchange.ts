import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Access } from '../../modules/access/access.ts'
import { detail, NOT_FOUND, WireError } from '../../platform/http/wire-error.ts'
import { authenticate, requireCsrfToken } from './authenticate.ts'
import type { Endpoint, Exchange, Method } from './endpoint.ts'
import { offeredMethods } from './endpoint.ts'
import { isRead, methodOf, requireOffered, requirePermitted, sendsForm } from './methods.ts'
import type { Throttle } from './throttle.ts'
import { linksOf } from './wire/links.ts'
import { negotiate, type Rendering } from './wire/negotiate.ts'
import { parametersOf } from './wire/parameters.ts'
import { sentForm } from './wire/parse-body.ts'

/** What all routes of this dialect share. */
export type Surroundings = {
  readonly access: Access
  readonly publicUrl: string
  readonly mount: string
  readonly throttle: Throttle
}

/** What is known of a request once it was admitted; kept with it for whatever writes the answer. */
export type Conversation = {
  readonly around: Surroundings
  readonly endpoint: Endpoint
  readonly rendering: Rendering
  readonly sessionSecret: string | undefined
}

declare module 'fastify' {
  interface FastifyRequest {
    qatrack?: Conversation
  }
}

type Parameters = { readonly id?: string; readonly format?: string }

/**
 * The checks before a body is read, in the documented order: content negotiation, credential, permission, limit on
 * requests, method.
 */
export async function admit(
  around: Surroundings,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { offered, allow } = offerOf(endpoint)
  reply.headers({ vary: 'Accept, Cookie', allow })
  const rendering = negotiate(request, suffixOf(request))
  if (rendering.kind === 'unknown-format') throw new WireError(404, NOT_FOUND)
  if (rendering.kind === 'not-acceptable') {
    throw new WireError(406, detail('Could not satisfy the request Accept header.'))
  }
  request.qatrack = { around, endpoint, rendering, sessionSecret: undefined }
  const sessionSecret = await authenticate(request, around.access)
  request.qatrack = { ...request.qatrack, sessionSecret }
  const method = methodOf(request)
  if (sessionSecret !== undefined && !isRead(method)) requireCsrfHeader(around, request, sessionSecret)
  const permission = endpoint.permission(method)
  if (permission !== 'open') requirePermitted(request, permission)
  requireWithinLimits(around, endpoint, request)
  requireOffered(method, offered)
}

type Offer = { readonly offered: readonly Method[]; readonly allow: string }

function offerOf(endpoint: Endpoint): Offer {
  const known = OFFERS.get(endpoint)
  if (known) return known
  const offered = offeredMethods(endpoint)
  const offer = { offered, allow: offered.join(', ') }
  OFFERS.set(endpoint, offer)
  return offer
}

const OFFERS = new WeakMap<Endpoint, Offer>()

/** A form of the page cannot send headers: it brings the token among its fields, which are read later. */
function requireCsrfHeader({ access }: Surroundings, request: FastifyRequest, secret: string): void {
  const given = request.headers['x-csrftoken']
  if (given !== undefined || !sendsForm(request)) requireCsrfToken(access, secret, given)
}

function requireWithinLimits({ throttle }: Surroundings, endpoint: Endpoint, { ctx }: FastifyRequest): void {
  if (ctx.actor.kind !== 'user') return
  throttle.admit(ctx.actor.id, 'whole', ctx.now())
  if (endpoint.throttle) throttle.admit(ctx.actor.id, endpoint.throttle, ctx.now())
}

/** The last check, once there is a body: the token of a form. */
export function requireCsrfField(around: Surroundings, request: FastifyRequest): void {
  const secret = request.qatrack?.sessionSecret
  if (secret === undefined || isRead(request.method as Method)) return
  if (request.headers['x-csrftoken'] !== undefined) return
  requireCsrfToken(around.access, secret, sentForm(request)?.csrfmiddlewaretoken)
}

/** What handlers need of a request. */
export function exchangeOf({ mount, publicUrl }: Surroundings, request: FastifyRequest): Exchange {
  const suffix = request.qatrack?.rendering.suffix ?? ''
  return {
    request,
    ctx: request.ctx,
    links: linksOf(request, mount, publicUrl, suffix),
    parameters: parametersOf(request),
    id: ((request.params as Parameters).id ?? '').replace(/\.\w+$/, ''),
  }
}

/** `json` in `/units.json` and `/units/1.json`. */
function suffixOf(request: FastifyRequest): string | undefined {
  const { id, format } = request.params as Parameters
  return format ?? /\.(\w+)$/.exec(id ?? '')?.[1]
}
