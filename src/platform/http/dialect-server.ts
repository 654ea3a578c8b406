import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import Fastify, {
  type FastifyBaseLogger,
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
import { protectAnswer, securityHeaders } from './security-headers.ts'

const MAX_PARAMETER_LENGTH = 2000

/** What the parts of one server have in common. */
export type Surroundings = {
  readonly config: Config
  /** a context without an actor */
  readonly base: Context
  readonly log: FastifyBaseLogger
  readonly stopping: AbortSignal
  /** sees every request, before any other hook */
  readonly watch: (app: FastifyInstance) => void
}

/**
 * One dialect at one mount, ready to route requests. Unknown paths and what goes wrong before routing are answered by
 * the dialect. It never listens: the server that does hands it the requests that are its own.
 */
export async function createDialectServer(
  { config, base, log, stopping, watch }: Surroundings,
  dialect: Dialect,
  mount: string,
): Promise<FastifyInstance> {
  const headers = securityHeaders({ isHttps: config.publicUrl.startsWith('https:') })
  const app: FastifyInstance = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: config.maxBodyMib * 1024 * 1024,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    frameworkErrors: (error, request, reply) => {
      // no hook has seen the request, and none will see the answer
      reply.headers(headers.page)
      dialect.refuse(request, reply, { kind: 'error', error })
    },
  })
  watch(app)
  await app.register(fastifyCookie)
  app.decorate('stopping', stopping)
  app.decorateRequest('ctx', null as unknown as Context)
  // hooks with a callback: each asynchronous one would put off every request by a turn of the promises
  app.addHook('onRequest', (request, _reply, done) => {
    request.ctx = {
      ...base,
      origin: { requestId: request.id, credential: 'none', address: request.ip },
    }
    done()
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    protectAnswer(reply, headers)
    done(null, payload)
  })
  const refuse = (request: FastifyRequest, reply: FastifyReply, failure: Failure): FastifyReply =>
    dialect.refuse(request, reply, failure)
  app.addHook('preHandler', (request, reply, done) => {
    if (crossSiteProblem(request, config.publicUrl)) refuse(request, reply, CROSS_SITE)
    else done()
  })
  app.setErrorHandler((error, request, reply) => refuse(request, reply, { kind: 'error', error }))
  app.setNotFoundHandler((request, reply) => refuse(request, reply, { kind: 'no-route' }))
  const mounted: FastifyPluginAsync = async (scope) => dialect.plugin(scope, { mount })
  await app.register(mounted, { prefix: mount })
  await app.ready()
  return app
}

const CROSS_SITE: Failure = {
  kind: 'error',
  error: Object.assign(new Error('cross-site request refused'), { statusCode: 403, code: 'CROSS_SITE' }),
}
