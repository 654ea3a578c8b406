import type { FastifyInstance } from 'fastify'
import type { Quality } from '../../../modules/quality/quality.ts'
import { qualityEditRoutes } from './edit-routes.ts'
import { qualityEntityRoutes } from './entity-routes.ts'
import { qualityEventRoutes } from './event-routes.ts'
import { qualityIssueRoutes } from './issue-routes.ts'
import { qualityReportRoutes } from './report-routes.ts'
import { qualitySharingRoutes } from './sharing-routes.ts'

/** What the pages of quality reports call. */
export function qualityRoutes(app: FastifyInstance, quality: Quality): void {
  qualityReportRoutes(app, quality)
  qualityEditRoutes(app, quality)
  qualityEntityRoutes(app, quality)
  qualitySharingRoutes(app, quality)
  qualityIssueRoutes(app, quality)
  qualityEventRoutes(app)
}
