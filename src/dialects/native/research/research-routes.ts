import type { FastifyInstance } from 'fastify'
import type { ResearchServices } from '../../../modules/research/research-services.ts'
import { dataRoutes } from './data-routes.ts'
import { experimentRoutes } from './experiment-routes.ts'
import { sampleRoutes } from './sample-routes.ts'
import { typeRoutes } from './type-routes.ts'

/** Everything below `/api/v1/research/` that follows from no record. */
export function researchRoutes(
  app: FastifyInstance,
  services: ResearchServices,
  facts: { readonly version: string },
): void {
  sampleRoutes(app, services)
  experimentRoutes(app, services)
  dataRoutes(app, services, facts)
  typeRoutes(app)
}
