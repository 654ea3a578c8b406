import { Header } from 'tar'
import { invalidInput, type RefusedError } from '../../core/refusal.ts'

/** One file of an archive; its content is read once, in order with the others. */
export type ArchiveEntry = {
  readonly name: string
  readonly size: number
  readonly content: AsyncIterable<Buffer>
}

const BLOCK = 512

/**
 * The bytes of a tar archive (POSIX ustar), as they are asked for.
 *
 * @throws Error where a content has another length than its entry says: a defect, or a file that was being changed
 */
export async function* writeTar(entries: AsyncIterable<ArchiveEntry>, at: Date): AsyncGenerator<Buffer> {
  for await (const { name, size, content } of entries) {
    const block = Buffer.alloc(BLOCK)
    new Header({ path: name, size, mode: 0o600, type: 'File', mtime: at, uid: 0, gid: 0 }).encode(block, 0)
    yield block
    let written = 0
    for await (const chunk of content) {
      written += chunk.length
      yield chunk
    }
    if (written !== size) throw new Error(`${name} has ${written} bytes instead of ${size}`)
    if (size % BLOCK !== 0) yield Buffer.alloc(BLOCK - (size % BLOCK))
  }
  yield Buffer.alloc(2 * BLOCK)
}

/**
 * Reads the files of a tar archive one by one. What is left unread of a content is skipped.
 *
 * @throws RefusedError `invalid-input` for what is no such archive or was cut off
 */
export async function* readTar(bytes: AsyncIterable<Buffer>): AsyncGenerator<ArchiveEntry> {
  const source = pieces(bytes)
  for (;;) {
    const header = readHeader(await source.exactly(BLOCK))
    if (header.nullBlock) return
    const { path, size, cksumValid, type } = header
    if (!cksumValid || path === undefined || size === undefined || size < 0) throw damaged()
    if (type !== 'File' && type !== 'OldFile')
      throw invalidInput('', `The archive holds ${path}, which is no file.`)
    const content = limited(source, size)
    yield { name: path, size, content }
    for await (const _skipped of content);
    await source.exactly((BLOCK - (size % BLOCK)) % BLOCK)
  }
}

/** The package throws plain errors for numbers that are none. */
function readHeader(block: Buffer): Header {
  try {
    return new Header(block, 0)
  } catch (cause) {
    throw Object.assign(damaged(), { cause })
  }
}

type Pieces = {
  /** the next bytes, at least one and at most `most` */
  some(most: number): Promise<Buffer>
  exactly(count: number): Promise<Buffer>
}

function pieces(bytes: AsyncIterable<Buffer>): Pieces {
  const chunks = bytes[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)

  async function some(most: number): Promise<Buffer> {
    while (rest.length === 0) {
      const next = await chunks.next()
      if (next.done) throw damaged()
      rest = next.value
    }
    const taken = rest.subarray(0, most)
    rest = rest.subarray(taken.length)
    return taken
  }

  async function exactly(count: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let missing = count; missing > 0; ) {
      const part = await some(missing)
      parts.push(part)
      missing -= part.length
    }
    return Buffer.concat(parts)
  }

  return { some, exactly }
}

/** Goes on where an earlier reader of the same content stopped. */
function limited(source: Pieces, size: number): AsyncIterable<Buffer> {
  let left = size
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (left === 0) return { done: true, value: undefined }
        const value = await source.some(left)
        left -= value.length
        return { done: false, value }
      },
    }),
  }
}

function damaged(): RefusedError {
  return invalidInput('', 'The archive is damaged or was cut off.')
}
