import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import Fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Config } from '../../config.ts'
import type { Context } from '../../context.ts'
import { crossSiteProblem } from './cross-site.ts'
import type { Dialect, Failure } from './dialect.ts'
import { securityHeaders } from './security-headers.ts'

/** Longest request line and headers together: old clients put whole queries there. */
const MAX_HEADER_BYTES = 128 * 1024
const MAX_PARAMETER_LENGTH = 2000

/**
 * A server with the given dialects at their own paths and each alone below `/compat/<name>`. Unknown paths and what
 * goes wrong before routing are answered by the dialect that owns the path.
 */
export async function createServer(
  config: Config,
  base: Context,
  dialects: readonly Dialect[],
): Promise<FastifyInstance> {
  const fallback = dialects.at(-1)
  if (!fallback) throw new Error('a server needs a dialect')
  const ownerOf = (url: string): Dialect => findOwner(dialects, url) ?? fallback

  const headers = securityHeaders({ isHttps: config.publicUrl.startsWith('https:') })
  const app: FastifyInstance = Fastify({
    logger: { level: config.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: config.maxBodyMib * 1024 * 1024,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    rewriteUrl: (request) => canonicalUrl(request.url ?? '/'),
    frameworkErrors: (error, request, reply) => {
      // no hook has seen the request
      reply.headers(headers)
      ownerOf(request.url).refuse(request, reply, { kind: 'error', error })
    },
  })

  await app.register(fastifyCookie)
  app.decorateRequest('ctx', null as unknown as Context)
  // hooks with a callback: each asynchronous one would put off every request by a turn of the promises
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers)
    request.ctx = {
      ...base,
      origin: { requestId: request.id, credential: 'none', address: request.ip },
    }
    done()
  })
  app.addHook('preHandler', (request, reply, done) => {
    if (crossSiteProblem(request, config.publicUrl)) refuseCrossSite(ownerOf(request.url), request, reply)
    else done()
  })

  const refuse = (request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply =>
    ownerOf(request.url).refuse(request, reply, failure)
  app.setErrorHandler((error, request, reply) => refuse(request, reply, { kind: 'error', error }))
  app.setNotFoundHandler((request, reply) => refuse(request, reply, { kind: 'no-route' }))

  for (const dialect of dialects) {
    for (const mount of ['', `/compat/${dialect.name}`]) {
      const mounted: FastifyPluginAsync = async (scope) => {
        scope.setErrorHandler((error, request, reply) =>
          dialect.refuse(request, reply, { kind: 'error', error }),
        )
        await dialect.plugin(scope, { mount })
      }
      await app.register(mounted, { prefix: mount })
    }
  }
  return app
}

function findOwner(dialects: readonly Dialect[], url: string): Dialect | undefined {
  const path = url.split('?', 1)[0] ?? '/'
  const alone = /^\/compat\/([^/]+)(\/.*|$)/.exec(path)
  if (alone) return dialects.find((dialect) => dialect.name === alone[1])
  return dialects.find((dialect) => dialect.owns(path))
}

function refuseCrossSite(dialect: Dialect, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = Object.assign(new Error('cross-site request refused'), {
    statusCode: 403,
    code: 'CROSS_SITE',
  })
  return dialect.refuse(request, reply, { kind: 'error', error })
}

/**
 * The address that routes are registered under: `@@` may come encoded, and our own API answers with and without the
 * slash at the end. Foreign APIs register both spellings, since there they may differ.
 */
function canonicalUrl(url: string): string {
  return url
    .replace(/^((?:\/[^/?]*)*?\/)%40%40/i, '$1@@')
    .replace(/^((?:\/compat\/native)?\/api\/v1\/[^?]*[^/?])\/(?=\?|$)/, '$1')
}
