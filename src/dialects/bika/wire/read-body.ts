import type { FastifyRequest } from 'fastify'
import { WireError } from '../wire-error.ts'
import { isStorableValue, type Parameters, parseParameters, type WireValue } from './parameters.ts'
import { splitMultipart } from './split-multipart.ts'

/** Everything a request says: its query, then its form or the top of its JSON object. */
export function readParameters(request: FastifyRequest): Parameters {
  const query = pairsOf(request.raw.url?.split('?').slice(1).join('?') ?? '')
  const { body } = request
  if (!Buffer.isBuffer(body) || body.length === 0) return parseParameters(query)
  const type = request.headers['content-type'] ?? ''
  if (/^application\/json\b/i.test(type)) return withJson(parseParameters(query), body)
  if (/^multipart\/form-data\b/i.test(type)) return parseParameters([...query, ...splitMultipart(body, type)])
  return parseParameters([...query, ...pairsOf(body.toString('utf8'))])
}

function pairsOf(text: string): readonly (readonly [string, string])[] {
  return [...new URLSearchParams(text)]
}

function withJson(parameters: Parameters, body: Buffer): Parameters {
  const parsed = parseJson(body)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new WireError('The body must be a JSON object.', 400, true)
  if (!isStorableValue(parsed))
    throw new WireError('The request holds characters that cannot be stored.', 400)
  const given = Object.entries(parsed).map(
    ([name, value]) => [name.replace(/(\[\])?$/, '').replace(/:.*$/, ''), value] as const,
  )
  return new Map([...parameters, ...given])
}

/** @throws WireError 400 */
export function parseJson(body: Buffer): WireValue {
  try {
    return JSON.parse(body.toString('utf8')) as WireValue
  } catch (error) {
    if (error instanceof SyntaxError) throw new WireError(`The body is no JSON: ${error.message}`, 400, true)
    throw error
  }
}
