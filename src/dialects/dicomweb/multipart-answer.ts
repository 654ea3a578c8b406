import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** One part of a multipart answer; its content is opened when its turn comes. */
export type AnswerPart = {
  readonly headers: Readonly<Record<string, string>>
  readonly content: AsyncIterable<Uint8Array> | Buffer
}

/**
 * Sends parts as multipart/related (RFC 2387), each made when the one before was taken. What is refused with the first
 * part is refused as such; afterwards the answer breaks off.
 *
 * @param type media type of the parts
 */
export async function sendMultipart(
  reply: FastifyReply,
  type: string,
  parts: AsyncGenerator<AnswerPart>,
): Promise<FastifyReply> {
  const first = await parts.next()
  const boundary = randomUUID()
  return reply
    .header('content-type', `multipart/related; type="${type}"; boundary=${boundary}`)
    .send(Readable.from(multipartBytes(boundary, first, parts)))
}

async function* multipartBytes(
  boundary: string,
  first: IteratorResult<AnswerPart>,
  rest: AsyncGenerator<AnswerPart>,
): AsyncGenerator<Uint8Array> {
  try {
    let next = first
    while (!next.done) {
      const { headers, content } = next.value
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      yield Buffer.from(`--${boundary}\r\n${lines.join('')}\r\n`)
      if (Buffer.isBuffer(content)) yield content
      else yield* content
      yield Buffer.from('\r\n')
      next = await rest.next()
    }
    yield Buffer.from(`--${boundary}--\r\n`)
  } finally {
    await rest.return(undefined)
  }
}
