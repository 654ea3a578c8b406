import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export type Readiness = { readonly name: string; readonly check: () => Promise<string | undefined> }

/**
 * `/healthz`: the process answers. `/readyz`: everything it depends on does too, or 503 with what does not.
 * `/metrics`: Prometheus text.
 */
export function operationRoutes(app: FastifyInstance, checks: readonly Readiness[]): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  // labels are looked up once for each combination, of which there are no more than routes, methods and statuses
  const bound = new Map<string, ReturnType<typeof durations.labels>>()
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request
    const route = request.routeOptions.url ?? 'none'
    const key = `${method} ${reply.statusCode} ${route}`
    let observer = bound.get(key)
    if (!observer) {
      observer = durations.labels({ method, route, status: String(reply.statusCode) })
      bound.set(key, observer)
    }
    observer.observe(reply.elapsedTime / 1000)
    done()
  })
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const problems = (await Promise.all(checks.map(problemOf))).flat()
    return reply
      .code(problems.length === 0 ? 200 : 503)
      .send({ status: problems.length === 0 ? 'ready' : 'not ready', problems })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}

async function problemOf({ name, check }: Readiness): Promise<string[]> {
  try {
    const problem = await check()
    return problem === undefined ? [] : [`${name}: ${problem}`]
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`]
  }
}
