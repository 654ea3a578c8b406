/** A multipart/related body of files. */
export function multipartBody(
  parts: readonly Buffer[],
  type = 'application/dicom',
): { readonly payload: Buffer; readonly contentType: string } {
  const boundary = 'boundary-of-the-test'
  const chunks = parts.flatMap((part) => [
    Buffer.from(`--${boundary}\r\nContent-Type: ${type}\r\n\r\n`),
    part,
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
  }
}

export type ReadPart = { readonly headers: Readonly<Record<string, string>>; readonly content: Buffer }

/** The parts of a multipart answer, its frame checked byte by byte. */
export function readParts(body: Buffer, contentType: string): readonly ReadPart[] {
  const boundary = /boundary=([^;]+)/.exec(contentType)?.[1] ?? ''
  const text = body.toString('latin1')
  const end = `--${boundary}--\r\n`
  if (!text.startsWith(`--${boundary}\r\n`) || !text.endsWith(end)) throw new Error('a broken frame of parts')
  return text
    .slice(`--${boundary}\r\n`.length, text.length - end.length)
    .split(`--${boundary}\r\n`)
    .map((part) => {
      const at = part.indexOf('\r\n\r\n')
      const headers = part
        .slice(0, at)
        .split('\r\n')
        .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)])
      return { headers: Object.fromEntries(headers), content: Buffer.from(part.slice(at + 4, -2), 'latin1') }
    })
}
