import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * Sends what is made in parts. What is refused is refused before the first part, in the form of every refusal.
 *
 * @param done runs when everything was sent, or nobody wants it any more
 */
export async function sendParts(
  reply: FastifyReply,
  parts: AsyncGenerator<Uint8Array, void, undefined>,
  done: () => Promise<void>,
): Promise<FastifyReply> {
  let first: IteratorResult<Uint8Array, void>
  try {
    first = await parts.next()
  } catch (error) {
    await done()
    throw error
  }
  return reply.send(Readable.from(allParts(first, parts, done)))
}

async function* allParts(
  first: IteratorResult<Uint8Array, void>,
  rest: AsyncGenerator<Uint8Array, void, undefined>,
  done: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    if (!first.done) yield first.value
    yield* rest
  } finally {
    await rest.return()
    await done()
  }
}
