import type { FastifyInstance } from 'fastify'
import { invalidInput } from '../../../core/refusal.ts'
import { controlChart } from '../../../modules/lims/quality-control/control-chart.ts'
import { judgeControls } from '../../../modules/lims/quality-control/judge-controls.ts'
import { type ById, idOf, parametersOf } from '../records.ts'
import type { WireJudgedControlList, WireReferenceChart } from './quality-control.schema.ts'

/** What blanks, controls and duplicates say. */
export function qualityControlRoutes(app: FastifyInstance): void {
  app.get<ById>(
    '/api/v1/lims/worksheets/:id/quality-control',
    async (request): Promise<WireJudgedControlList> => ({
      items: await judgeControls(request.ctx, idOf(request)),
    }),
  )
  app.get<ById>('/api/v1/lims/reference-samples/:id/chart', async (request): Promise<WireReferenceChart> => {
    const service = parametersOf(request).get('service') ?? ''
    if (!/^[1-9]\d{0,8}$/.test(service)) throw invalidInput('service', 'This must be the id of a service.')
    const chart = await controlChart(request.ctx, idOf(request), Number(service))
    return {
      ...chart,
      target: chart.target ?? null,
      min: chart.min ?? null,
      max: chart.max ?? null,
      mean: chart.mean ?? null,
      deviation: chart.deviation ?? null,
      points: chart.points.map((point) => ({ ...point, at: point.at?.toISOString() ?? null })),
    }
  })
}
