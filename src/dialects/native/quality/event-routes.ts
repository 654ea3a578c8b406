import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { QUALITY_CHANNEL } from '../../../modules/quality/quality.ts'
import { isSeenBy } from '../../../modules/quality/watch-reports.ts'
import { OPEN } from '../authenticate.ts'
import { linkIn } from './report-routes.ts'

const KEEP_ALIVE_MS = 25_000

/** Tells pages what changed, as server-sent events: `report` and `metric`, each with an id. */
export function qualityEventRoutes(app: FastifyInstance): void {
  app.get('/api/v1/quality/events', OPEN, (request, reply) => stream(app, request, reply))
}

async function stream(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { ctx } = request
  const events = new PassThrough()
  const tell = async (message: string) => {
    const [kind = '', id = ''] = message.split(/:(.*)/s)
    const isSeen = await isSeenBy(ctx, kind, id, { link: linkIn(request) })
    if (isSeen && events.writable) events.write(`event: ${kind}\ndata: ${JSON.stringify({ id })}\n\n`)
  }
  const stopListening = await ctx.database.listen(QUALITY_CHANNEL, (message) => {
    tell(message).catch((error: unknown) => request.log.error({ err: error }, 'an event was not told'))
  })
  const timer = setInterval(() => events.write(': still here\n\n'), KEEP_ALIVE_MS)
  timer.unref()
  const end = () => events.end()
  app.stopping.addEventListener('abort', end, { once: true })
  events.once('close', () => {
    clearInterval(timer)
    app.stopping.removeEventListener('abort', end)
    stopListening().catch((error: unknown) => request.log.error({ err: error }, 'listening did not end'))
  })
  request.raw.once('close', () => events.destroy())
  events.write('retry: 2000\n\n')
  return reply
    .header('content-type', 'text/event-stream')
    .header('cache-control', 'no-cache')
    .header('x-accel-buffering', 'no')
    .send(events)
}
