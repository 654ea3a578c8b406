import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What is counted about the process and its requests. */
export type Metrics = {
  /** counts the requests of one part */
  watch(app: FastifyInstance): void
  /** Prometheus text, and its media type */
  read(): Promise<{ readonly type: string; readonly text: string }>
}

/** Counts requests by method, route and status, and what Prometheus expects of a Node process. */
export function createMetrics(): Metrics {
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
  return {
    watch: (app) => {
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
    },
    read: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}
