import type { FastifyInstance } from 'fastify'
import type { ResearchServices } from '../../../modules/research/research-services.ts'
import { experimentRoutes } from './experiment-routes.ts'
import { sampleRoutes } from './sample-routes.ts'

/** Everything below `/api/v1/research/` that follows from no record. */
export function researchRoutes(app: FastifyInstance, services: ResearchServices): void {
  sampleRoutes(app, services)
  experimentRoutes(app, services)
}
