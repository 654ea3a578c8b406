import { HttpProblem } from './http-problem.ts'

/** One part of a multipart/related body; its content must be read, or let go, before the next part. */
export type BodyPart = {
  /** names in lower case */
  readonly headers: ReadonlyMap<string, string>
  readonly content: AsyncGenerator<Buffer, void, undefined>
}

const MOST_HEADER_BYTES = 16 * 1024

/** The boundary of a multipart body. @throws HttpProblem 400 without one */
export function boundaryOf(contentType: string): string {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined) throw new HttpProblem(400, 'The multipart body has no boundary.')
  return boundary
}

/**
 * Takes a multipart body apart as it arrives (RFC 2046 5.1.1); memory does not grow with the size of a part.
 *
 * @throws HttpProblem 400 for a body that ends in the middle or has broken headers
 */
export async function* readMultipart(
  body: AsyncIterable<Buffer>,
  boundary: string,
): AsyncGenerator<BodyPart, void, undefined> {
  const reader = openReader(body)
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
  // the first delimiter may stand at the very beginning: as if a line had ended before
  reader.unread(Buffer.from('\r\n', 'latin1'))
  await drain(upTo(reader, delimiter))
  while (await beginsPart(reader)) {
    const headers = parseHeaders(await readHeaders(reader))
    const content = upTo(reader, delimiter)
    yield { headers, content }
    await drain(content)
  }
}

type Reader = {
  held: Buffer
  readonly more: () => Promise<boolean>
  readonly unread: (bytes: Buffer) => void
}

function openReader(body: AsyncIterable<Buffer>): Reader {
  const chunks = body[Symbol.asyncIterator]()
  const reader: Reader = {
    held: Buffer.alloc(0),
    async more() {
      const next = await chunks.next()
      if (next.done) return false
      reader.held = reader.held.length === 0 ? next.value : Buffer.concat([reader.held, next.value])
      return true
    },
    unread(bytes) {
      reader.held = Buffer.concat([bytes, reader.held])
    },
  }
  return reader
}

const BROKEN_OFF = 'The multipart body ends in the middle of a part.'

/** What comes before a delimiter, which is taken too. */
async function* upTo(reader: Reader, delimiter: Buffer): AsyncGenerator<Buffer, void, undefined> {
  for (;;) {
    const at = reader.held.indexOf(delimiter)
    if (at >= 0) {
      const last = reader.held.subarray(0, at)
      reader.held = reader.held.subarray(at + delimiter.length)
      if (last.length > 0) yield last
      return
    }
    // its beginning may have come already
    const sure = reader.held.length - delimiter.length + 1
    if (sure > 0) {
      const part = reader.held.subarray(0, sure)
      reader.held = reader.held.subarray(sure)
      yield part
    }
    if (!(await reader.more())) throw new HttpProblem(400, BROKEN_OFF)
  }
}

async function drain(content: AsyncGenerator<Buffer>): Promise<void> {
  for await (const part of content) void part
}

/** Behind a delimiter: the rest of its line, or two hyphens that close the body. */
async function beginsPart(reader: Reader): Promise<boolean> {
  while (reader.held.length < 2) {
    if (!(await reader.more())) throw new HttpProblem(400, BROKEN_OFF)
  }
  if (reader.held.toString('latin1', 0, 2) === '--') return false
  await readLine(reader)
  return true
}

async function readLine(reader: Reader): Promise<string> {
  for (;;) {
    const at = reader.held.indexOf('\r\n')
    if (at >= 0) {
      const line = reader.held.toString('latin1', 0, at)
      reader.held = reader.held.subarray(at + 2)
      return line
    }
    if (reader.held.length > MOST_HEADER_BYTES) throw new HttpProblem(400, 'A header of a part is too long.')
    if (!(await reader.more())) throw new HttpProblem(400, BROKEN_OFF)
  }
}

async function readHeaders(reader: Reader): Promise<readonly string[]> {
  const lines: string[] = []
  let bytes = 0
  for (;;) {
    const line = await readLine(reader)
    if (line === '') return lines
    bytes += line.length
    if (bytes > MOST_HEADER_BYTES) throw new HttpProblem(400, 'The headers of a part are too long.')
    lines.push(line)
  }
}

function parseHeaders(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line): readonly (readonly [string, string])[] => {
      const at = line.indexOf(':')
      return at < 1 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]]
    }),
  )
}
