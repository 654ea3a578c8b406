import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAccept } from './accept.ts'
import { parseByteRange } from './byte-range.ts'
import { boundaryOf, readMultipart } from './read-multipart.ts'

async function* chunksOf(body: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (let index = 0; at < body.length; index += 1) {
    const size = sizes[index % sizes.length] ?? body.length
    yield body.subarray(at, at + size)
    at += size
  }
}

async function read(body: Buffer, sizes: readonly number[] = [7]): Promise<readonly [string, Buffer][]> {
  const parts: [string, Buffer][] = []
  for await (const { headers, content } of readMultipart(chunksOf(body, sizes), 'x')) {
    const chunks: Buffer[] = []
    for await (const chunk of content) chunks.push(chunk)
    parts.push([headers.get('content-type') ?? '', Buffer.concat(chunks)])
  }
  return parts
}

function bodyOf(contents: readonly Uint8Array[]): Buffer {
  const parts = contents.flatMap((content) => [
    Buffer.from('--x\r\nContent-Type: a/b\r\n\r\n'),
    content,
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...parts, Buffer.from('--x--')])
}

describe('a multipart body', () => {
  it('gives its parts however it arrives', async () => {
    const content = fc
      .uint8Array({ maxLength: 60 })
      .filter((bytes) => !Buffer.from(bytes).includes('\r\n--x'))
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 4 }), sizes, async (contents, chunks) => {
        const parts = await read(bodyOf(contents), chunks)
        expect(parts).toEqual(contents.map((bytes) => ['a/b', Buffer.from(bytes)]))
      }),
    )
  })

  it('may have words before its first part, and parts without headers', async () => {
    expect(await read(Buffer.from('words\r\n--x\r\n\r\none\r\n--x--\r\nmore words'))).toEqual([
      ['', Buffer.from('one')],
    ])
  })

  it.each(['', '--x', '--x\r\nContent-Type: a/b', '--x\r\n\r\nhalf', 'nothing'])(
    'is refused as %j',
    async (text) => {
      await expect(read(Buffer.from(text))).rejects.toMatchObject({ status: 400 })
    },
  )

  it.each([
    ['multipart/related; boundary=abc', 'abc'],
    ['multipart/related; type="application/dicom"; boundary="a b:c"; start=x', 'a b:c'],
  ])('has its boundary in %s', (type, boundary) => {
    expect(boundaryOf(type)).toBe(boundary)
  })
})

describe('what a client accepts', () => {
  it.each([
    ['a/b;q=0.2, c/d', ['c/d', 'a/b']],
    ['a/b, c/d', ['a/b', 'c/d']],
    ['multipart/related; type="a/b, c"; q=0.5, x/y;q=0', ['multipart/related']],
    ['nonsense, */*', ['*/*']],
    ['', []],
  ])('of %j is %j', (header, types) => {
    expect(parseAccept(header).map(({ type }) => type)).toEqual(types)
  })
})

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-3', 10, { start: 0, end: 3 }],
    ['bytes=8-', 10, { start: 8, end: 9 }],
    ['bytes=-4', 10, { start: 6, end: 9 }],
    ['bytes=-40', 10, { start: 0, end: 9 }],
    ['bytes=2-99', 10, { start: 2, end: 9 }],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=5-2', 10, undefined],
    ['bytes=0-1,4-5', 10, undefined],
    ['lines=1-2', 10, undefined],
    [undefined, 10, undefined],
  ])('%s of %i is %o', (header, size, expected) => {
    expect(parseByteRange(header, size)).toEqual(expected)
  })
})
