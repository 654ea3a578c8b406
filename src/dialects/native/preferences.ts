import type { FastifyInstance } from 'fastify'
import { getPreference, setPreference } from '../../modules/workspace/preferences.ts'
import { objectBody } from './records.ts'

type ByKey = { Params: { key: string } }

/** `/api/v1/preferences/{key}`: how the acting user wants things shown. */
export function preferenceRoutes(app: FastifyInstance): void {
  app.get<ByKey>('/api/v1/preferences/:key', async ({ ctx, params: { key } }) => ({
    key,
    value: await getPreference(ctx, key),
  }))

  app.put<ByKey>('/api/v1/preferences/:key', async (request) => {
    const { key } = request.params
    const { value } = objectBody(request)
    await setPreference(request.ctx, key, value)
    return { key, value }
  })
}
