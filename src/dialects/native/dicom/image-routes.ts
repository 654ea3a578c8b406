import type { FastifyInstance } from 'fastify'
import { instanceRoutes } from './instance-routes.ts'
import { type StudyServices, studyRoutes } from './study-routes.ts'
import { uploadRoutes } from './upload-routes.ts'

/** The image store; its threads end with the server. */
export function imageRoutes(app: FastifyInstance, services: StudyServices): void {
  app.addHook('onClose', () => services.images.close())
  studyRoutes(app, services)
  instanceRoutes(app, services.images)
  uploadRoutes(app, services.images)
}
