import type { FastifyReply, FastifyRequest } from 'fastify'
import { RefusedError } from '../../core/refusal.ts'
import type { MeteredResource } from '../../modules/dicom/domain/metered-resource.ts'
import { meterUse, secondsToNextMonth, type TakenUse } from '../../modules/dicom/meter-use.ts'
import { unsupportedMediaType } from '../../platform/http/answer-failure.ts'
import { WireError } from '../../platform/http/wire-error.ts'
import { mediaTypeOf, requireBoundary } from './parse-body.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** the use that this request was counted as, in the DICOM API */
    meteredUse?: TakenUse
  }
}

/** The addresses by which the quotas are known. */
const PATHS: Readonly<Record<MeteredResource, string>> = {
  read: '/api/dicom/read/file/',
  generate: '/api/dicom/generate/',
}

/**
 * Counts the request before its body is read: a refusal costs nothing. Bodies that are no form are refused here too,
 * once they were counted.
 *
 * @throws WireError 429 with the quota and what was used of it; 415; 400
 */
export async function meterForm(
  request: FastifyRequest,
  reply: FastifyReply,
  resource: MeteredResource,
): Promise<void> {
  const use = await take(request, resource)
  if (use) {
    request.meteredUse = use
    reply.headers(rateHeaders(use.quota, use.quota - use.used, use.resetS))
  }
  const type = mediaTypeOf(request)
  if (type === 'multipart/form-data') requireBoundary(request)
  else if (type !== '' && type !== 'application/x-www-form-urlencoded')
    throw new WireError(415, unsupportedMediaType(request))
}

async function take(request: FastifyRequest, resource: MeteredResource): Promise<TakenUse | undefined> {
  try {
    return await meterUse(request.ctx, resource)
  } catch (error) {
    if (!(error instanceof RefusedError) || error.refusal.kind !== 'quota-exceeded') throw error
    const { quota, used } = error.refusal
    const resetS = secondsToNextMonth(request.ctx)
    throw new WireError(
      429,
      {
        error: `Monthly API request for '${PATHS[resource]}' limit exceeded.`,
        quota,
        requests_used: used,
      },
      { ...rateHeaders(quota, 0, resetS), 'retry-after': String(resetS) },
    )
  }
}

function rateHeaders(limit: number, remaining: number, resetS: number): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetS),
  }
}

/** What the server could not do is not the caller's use. */
export async function giveBackFailed(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.statusCode >= 500) await request.meteredUse?.giveBack()
}
