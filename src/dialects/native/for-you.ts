import type { FastifyInstance } from 'fastify'
import { type ForYouSource, findForYou } from '../../modules/workspace/find-for-you.ts'

/** `/api/v1/for-you`: what waits for the acting user, most urgent first. */
export function forYouRoutes(app: FastifyInstance, sources: readonly ForYouSource[]): void {
  app.get('/api/v1/for-you', async ({ ctx }) => ({ items: await findForYou(ctx, sources) }))
}
