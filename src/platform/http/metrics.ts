import type { FastifyInstance } from 'fastify'

/** What is counted about the process and its requests. */
export type Metrics = {
  /** counts the requests of one part */
  watch(app: FastifyInstance): void
  /** Prometheus text, and its media type */
  read(): Promise<{ readonly type: string; readonly text: string }>
}

/** Upper limits of the classes of the histogram, in seconds. */
const BUCKETS: readonly number[] = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10]

/** Durations of one method, route and status; the last class has no upper limit. */
type Series = { readonly labels: string; readonly classes: number[]; sum: number }

const NAME = 'http_request_duration_seconds'

/**
 * Counts requests by method, route and status. Counting is done here, since it is part of every request; what
 * Prometheus expects of a Node process comes from its library, which is loaded when somebody reads.
 */
export function createMetrics(): Metrics {
  // no more than there are routes, methods and statuses
  const series = new Map<string, Series>()
  let processMetrics: Promise<{ metrics(): Promise<string>; readonly contentType: string }> | undefined

  return {
    watch: (app) => {
      app.addHook('onResponse', (request, reply, done) => {
        const { method } = request
        const route = request.routeOptions.url ?? 'none'
        const key = `${method} ${reply.statusCode} ${route}`
        let counted = series.get(key)
        if (!counted) {
          counted = makeSeries(method, route, reply.statusCode)
          series.set(key, counted)
        }
        count(counted, reply.elapsedTime / 1000)
        done()
      })
    },
    read: async () => {
      processMetrics ??= collectProcessMetrics()
      const registry = await processMetrics
      return {
        type: registry.contentType,
        text: `${textOf([...series.values()])}\n${await registry.metrics()}`,
      }
    },
  }
}

function makeSeries(method: string, route: string, status: number): Series {
  const labels = `method="${method}",route="${escapeLabel(route)}",status="${status}"`
  return { labels, classes: new Array<number>(BUCKETS.length + 1).fill(0), sum: 0 }
}

function count(series: Series, seconds: number): void {
  const place = BUCKETS.findIndex((limit) => seconds <= limit)
  const index = place === -1 ? BUCKETS.length : place
  series.classes[index] = (series.classes[index] ?? 0) + 1
  series.sum += seconds
}

/** The text format of Prometheus 0.0.4: the classes of a histogram are cumulative. */
function textOf(all: readonly Series[]): string {
  const lines = [`# HELP ${NAME} Time to answer, by route and status.`, `# TYPE ${NAME} histogram`]
  for (const { labels, classes, sum } of all) {
    let total = 0
    classes.forEach((number, index) => {
      total += number
      lines.push(`${NAME}_bucket{le="${BUCKETS[index] ?? '+Inf'}",${labels}} ${total}`)
    })
    lines.push(`${NAME}_sum{${labels}} ${sum}`, `${NAME}_count{${labels}} ${total}`)
  }
  return `${lines.join('\n')}\n`
}

function escapeLabel(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
}

async function collectProcessMetrics() {
  const { collectDefaultMetrics, Registry } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
