import { Readable } from 'node:stream'
import type { Context } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import {
  changeOf,
  measurementsBetween,
  measurementsOfMetric,
} from '../../modules/quality/find-measurements.ts'
import type { Quality } from '../../modules/quality/quality.ts'
import type { Endpoint, Exchange } from './endpoint.ts'
import { presentMeasurement } from './present-measurement.ts'
import { renderJson } from './send-json.ts'
import { parseReportDate } from './timestamps.ts'

/** Measurements of one metric and of all. */
export function measurementEndpoints(quality: Quality): readonly Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/measurements',
      description: 'All measurements, without what their sources found.',
      handle: async (exchange) => allMeasurements(exchange),
    },
    {
      method: 'GET',
      path: '/measurements/<metric_uuid>',
      description: 'All measurements of a metric, the last one complete.',
      handle: async ({ ctx, part, at }) => {
        const found = await measurementsOfMetric(ctx, quality, part('metric_uuid'), at() ?? ctx.now())
        if (!found.last) return { measurements: [] }
        const delta = await changeOf(ctx, found.last)
        return {
          measurements: [
            ...found.earlier.map((each) => presentMeasurement(each, { showsIssues: false })),
            presentMeasurement(found.last, { showsIssues: true, delta }),
          ],
        }
      },
    },
  ]
}

const WEEK_MS = 7 * 86_400_000

/** Sent in pieces as they are read: there may be a great many. */
async function allMeasurements({ ctx, at, query, reply }: Exchange): Promise<unknown> {
  const to = at() ?? ctx.now()
  const given = parseReportDate(query.get('min_report_date'), ctx.now(), ctx.zone)
  if (given === 'invalid') throw invalidInput('min_report_date', 'This is not a date in ISO format.')
  const from = given ?? new Date(to.getTime() - WEEK_MS)
  return reply
    .header('content-type', 'application/json')
    .header('cache-control', 'no-store')
    .send(Readable.from(piecesOf(ctx, { from, to })))
}

async function* piecesOf(
  ctx: Context,
  span: { readonly from: Date; readonly to: Date },
): AsyncGenerator<string> {
  yield '{"measurements": ['
  let separator = ''
  for await (const page of measurementsBetween(ctx, span)) {
    if (page.length === 0) continue
    const shown = page.map((each) => presentMeasurement(each, { showsIssues: false, showsId: false }))
    yield separator + shown.map(renderJson).join(', ')
    separator = ', '
  }
  yield ']}'
}
