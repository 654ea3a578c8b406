import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { countVisibleMeasurements } from '../../modules/quality/count-measurements.ts'
import { QUALITY_CHANNEL } from '../../modules/quality/quality.ts'
import type { Endpoint, Exchange } from './endpoint.ts'

const EVERY_MS = 10_000
const PADDING = '.'.repeat(65_536)

/** Tells clients how many measurements there are: they read reports anew when the number has changed. */
export function eventEndpoints(app: FastifyInstance): readonly Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/nr_measurements',
      description: 'The number of measurements as server-sent events.',
      handle: (exchange) => streamCounts(app, exchange),
    },
  ]
}

async function streamCounts(app: FastifyInstance, { ctx, request, reply }: Exchange): Promise<unknown> {
  const stream = new PassThrough()
  let id = firstId(request.headers['last-event-id'])
  const send = (event: string, data: string | number) => {
    stream.write(`retry: 2000\nid: ${id}\nevent: ${event}\ndata: ${data}\n\n`)
    id += 1
  }
  const sendCount = async (event: 'init' | 'delta') => send(event, await countVisibleMeasurements(ctx))
  const sendDelta = () => {
    sendCount('delta').catch((error: unknown) => {
      request.log.error({ err: error }, 'measurements could not be counted')
      stream.end()
    })
  }
  const stopListening = await ctx.database.listen(QUALITY_CHANNEL, (message) => {
    if (message.startsWith('metric:')) sendDelta()
  })
  const timer = setInterval(sendDelta, EVERY_MS)
  timer.unref()
  const end = () => stream.end()
  app.stopping.addEventListener('abort', end, { once: true })
  stream.once('close', () => {
    clearInterval(timer)
    app.stopping.removeEventListener('abort', end)
    stopListening().catch((error: unknown) => request.log.error({ err: error }, 'listening did not end'))
  })
  request.raw.once('close', () => stream.destroy())
  await sendCount('init')
  send('flush', PADDING)
  return reply
    .header('content-type', 'text/event-stream')
    .header('cache-control', 'no-cache')
    .header('connection', 'keep-alive')
    .header('x-accel-buffering', 'no')
    .send(stream)
}

function firstId(lastEventId: string | string[] | undefined): number {
  const last = Number([lastEventId].flat()[0] ?? Number.NaN)
  return Number.isSafeInteger(last) && last >= 0 ? last + 1 : 0
}
