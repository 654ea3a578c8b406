import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { limsSettings } from '../../modules/lims/lims-settings.ts'
import { requestOrigin } from '../../platform/http/origin.ts'
import { authenticateInline } from './authenticate.ts'
import { failureEnvelope, successEnvelope, toXml } from './envelope.ts'
import { failureOf } from './errors.ts'
import type { Surroundings } from './surroundings.ts'
import type { Parameters } from './wire/parameters.ts'
import { readParameters } from './wire/read-body.ts'
import { WireError } from './wire-error.ts'

/** One call of a route. */
export type Call = {
  readonly ctx: Context
  readonly request: FastifyRequest
  readonly parameters: Parameters
  readonly around: Surroundings
  /** absolute address of the route, without query */
  readonly url: string
}

/** Answers with what the envelope carries besides its own keys. */
export type Endpoint = (call: Call) => Promise<Readonly<Record<string, unknown>>>

/** Parameters that belong to no field. */
export const UNCOUNTED: ReadonlySet<string> = new Set([
  'form.submitted',
  '__ac_name',
  '__ac_password',
  '_authenticator',
  'asxml',
  'reference_values',
])

/**
 * Runs a route and wraps its answer. Failures come with status 200 unless the request or the site asks for real ones: the
 * documented clients never read the message of another.
 */
export async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  around: Surroundings,
  endpoint: Endpoint,
): Promise<FastifyReply> {
  const started = performance.now()
  const url = `${requestOrigin(request, around.publicUrl)}${request.url.split('?', 1)[0]?.replace(/\/$/, '')}`
  const seconds = () => Math.round((performance.now() - started) * 1000) / 1_000_000
  const send = (status: number, body: unknown) => {
    if (!wantsXml(request))
      return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
    return reply.code(status).type('application/xml; charset=utf-8').send(toXml(body))
  }
  try {
    if (request.bikaProblem) throw request.bikaProblem
    const parameters = readParameters(request)
    await authenticateInline(request, around.access, parameters)
    const body = await endpoint({ ctx: request.ctx, request, parameters, around, url })
    return send(200, successEnvelope(url, seconds(), body))
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) throw error
    const real = failure.always || (await wantsStatus(request))
    return send(real ? failure.status : 200, failureEnvelope(url, seconds(), failure.message))
  }
}

function wantsXml(request: FastifyRequest): boolean {
  return request.headers.accept === 'application/xml' || /[?&]asxml=1(&|$)/.test(request.url)
}

async function wantsStatus(request: FastifyRequest): Promise<boolean> {
  if (/\bhttp-status\b/.test(String(request.headers.prefer ?? ''))) return true
  return (await limsSettings(request.ctx)).httpErrors
}

/** @throws WireError for somebody who is not signed in */
export function requireSignedIn(ctx: Context): void {
  if (ctx.actor.kind === 'anonymous')
    throw new WireError('You are not authorized to access this resource.', 401)
}
