import type { FastifyInstance } from 'fastify'
import { type SearchSource, searchEverything } from '../../modules/workspace/search-everything.ts'
import { parametersOf } from './records.ts'

/** `/api/v1/search?q=`: a text in everything the acting user may see. */
export function searchRoutes(app: FastifyInstance, sources: readonly SearchSource[]): void {
  app.get('/api/v1/search', async (request) => ({
    items: await searchEverything(request.ctx, sources, parametersOf(request).get('q') ?? ''),
  }))
}
