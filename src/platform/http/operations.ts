import type { FastifyInstance } from 'fastify'
import type { Part } from './dialect.ts'
import type { Metrics } from './metrics.ts'
import { refusePlainly } from './refuse-plainly.ts'

export type Readiness = { readonly name: string; readonly check: () => Promise<string | undefined> }

const OWNED: readonly string[] = ['/healthz', '/readyz', '/metrics']

/**
 * `/healthz`: the process answers. `/readyz`: everything it depends on does too, or 503 with what does not.
 * `/metrics`: Prometheus text.
 */
export function operationsPart(checks: readonly Readiness[], metrics: Pick<Metrics, 'read'>): Part {
  return {
    name: 'operations',
    standsAlone: false,
    owns: (path) => OWNED.includes(path),
    load: async () => ({
      plugin: async (app) => operationRoutes(app, checks, metrics),
      refuse: refusePlainly,
    }),
  }
}

function operationRoutes(
  app: FastifyInstance,
  checks: readonly Readiness[],
  metrics: Pick<Metrics, 'read'>,
): void {
  app.get('/healthz', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    const problems = (await Promise.all(checks.map(problemOf))).flat()
    return reply
      .code(problems.length === 0 ? 200 : 503)
      .send({ status: problems.length === 0 ? 'ready' : 'not ready', problems })
  })
  app.get('/metrics', async (_request, reply) => {
    const { type, text } = await metrics.read()
    return reply.type(type).send(text)
  })
}

async function problemOf({ name, check }: Readiness): Promise<string[]> {
  try {
    const problem = await check()
    return problem === undefined ? [] : [`${name}: ${problem}`]
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`]
  }
}
