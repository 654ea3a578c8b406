import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { routeBothSpellings } from '../../platform/http/both-spellings.ts'
import { describeEndpoint } from './describe-endpoint.ts'
import { type Answered, type Endpoint, handlerOf } from './endpoint.ts'
import { admit, exchangeOf, requireCsrfField, type Surroundings } from './exchange.ts'
import { METHODS, methodOf } from './methods.ts'
import { sendInTurns } from './send.ts'

/** Registers an endpoint in all its spellings: with and without slash, `qa` and `qc`, `.json` and `.api`. */
export function serveEndpoint(app: FastifyInstance, around: Surroundings, endpoint: Endpoint): void {
  const route = {
    method: [...METHODS],
    onRequest: (request: FastifyRequest, reply: FastifyReply) => admit(around, endpoint, request, reply),
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      requireCsrfField(around, request)
      return sendInTurns(request, reply, await run(around, endpoint, request))
    },
  }
  for (const spelling of spellings(endpoint.path)) {
    routeBothSpellings(app, { ...route, url: spelling === '' ? '/api/' : `/api/${spelling}/` })
    // the suffix of one object is part of its last parameter
    if (endpoint.kind === 'detail' || spelling === '') continue
    app.route({ ...route, url: `/api/${spelling}.:format` })
  }
}

async function run(around: Surroundings, endpoint: Endpoint, request: FastifyRequest): Promise<Answered> {
  const method = methodOf(request)
  if (method === 'OPTIONS') return { body: describeEndpoint(endpoint, request) }
  const handler = handlerOf(endpoint, method)
  if (!handler) throw new Error(`${endpoint.path} offers ${method} and does not answer it`)
  return handler(exchangeOf(around, request))
}

function spellings(path: string): readonly string[] {
  return path === 'qa' || path.startsWith('qa/') ? [path, path.replace(/^qa/, 'qc')] : [path]
}
