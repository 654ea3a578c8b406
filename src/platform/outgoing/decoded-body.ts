import { pipeline, type Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createUnzip } from 'node:zlib'
import type { Hop } from './redirect.ts'
import { hostOf } from './resolve-allowed.ts'
import type { IncomingAnswer } from './send-once.ts'
import { upstreamFailed } from './upstream-error.ts'

/**
 * The body of an answer, decompressed and cut off with `upstream-failed` as soon as it is longer than allowed, so
 * that a few kilobytes that unpack to gigabytes cost no more than `maxBytes`.
 */
export function decodedBody(answer: IncomingAnswer, hop: Hop, maxBytes: number): Readable {
  const host = hostOf(hop.url)
  const limit = limitedTo(maxBytes, host)
  const decoder = hasNoBody(answer, hop) ? undefined : decoderFor(answer, host)
  // The error reaches the reader through `limit`, which pipeline destroys with it.
  const onEnd = (): void => undefined
  return decoder ? pipeline(answer.stream, decoder, limit, onEnd) : pipeline(answer.stream, limit, onEnd)
}

/** Such answers may still name an encoding; nothing of it would be there to unpack. */
function hasNoBody(answer: IncomingAnswer, hop: Hop): boolean {
  return (
    hop.method === 'HEAD' || [204, 304].includes(answer.status) || answer.headers['content-length'] === '0'
  )
}

function decoderFor(answer: IncomingAnswer, host: string): Transform | undefined {
  if (answer.headers['content-length'] === '0' || answer.status === 204 || answer.status === 304)
    return undefined
  switch (answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity') {
    case 'identity':
    case '':
      return undefined
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return createUnzip()
    case 'br':
      return createBrotliDecompress()
    default:
      answer.stream.destroy()
      throw upstreamFailed(host, 'Its answer is compressed in a way that was not asked for.')
  }
}

function limitedTo(maxBytes: number, host: string): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > maxBytes) done(upstreamFailed(host, `Its answer is larger than ${maxBytes} bytes.`))
      else done(null, chunk)
    },
  })
}
