import type { FastifyReply } from 'fastify'

/** Sends JSON; as bytes, because the documented type names no character set. */
export function sendJson(reply: FastifyReply, body: unknown, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('application/json')
    .send(Buffer.from(JSON.stringify(body)))
}
