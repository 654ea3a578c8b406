import { detail, WireError } from '../../../platform/http/wire-error.ts'

/** As many fields as the documented system takes. */
const MOST_FIELDS = 1000

type Fields = Readonly<Record<string, string>>

/** Fields of a form body; of a repeated one the last counts. @throws WireError 400 for far too many */
export function parseUrlEncoded(raw: Buffer): Fields {
  let separators = 0
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', at + 1)) {
    separators += 1
    if (separators >= MOST_FIELDS) throw tooMany()
  }
  return Object.fromEntries(new URLSearchParams(raw.toString('utf8')))
}

/**
 * Text fields of a multipart form; files have no place in this API.
 *
 * @param type the content type with its boundary
 * @throws WireError 400
 */
export function parseMultipart(raw: Buffer, type: string): Fields {
  const parts = splitParts(raw, boundaryOf(type))
  return Object.fromEntries(
    parts.flatMap(({ name, filename, content }) =>
      filename === undefined ? [[name, content.toString('utf8')]] : [],
    ),
  )
}

export type FormPart = {
  readonly name: string
  /** present for files */
  readonly filename: string | undefined
  readonly content: Buffer
}

/** Every part of a multipart form with a name. @throws WireError 400 */
export function splitMultipart(raw: Buffer, type: string): readonly FormPart[] {
  return splitParts(raw, boundaryOf(type))
}

function boundaryOf(type: string): string {
  const match = /boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type)
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) throw malformed('Invalid boundary in multipart: None')
  return boundary
}

function splitParts(raw: Buffer, boundary: string): readonly FormPart[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const parts: FormPart[] = []
  let start = raw.indexOf(mark)
  for (let seen = 0; start >= 0; seen++) {
    if (seen > MOST_FIELDS) throw tooMany()
    const from = start + mark.length
    const next = raw.indexOf(mark, from)
    const part = next < 0 ? undefined : readPart(raw.subarray(from, next))
    if (part) parts.push(part)
    start = next
  }
  return parts
}

/** Longer heads name nothing that anybody could mean. */
const LONGEST_HEAD = 16 * 1024

/** What stands between two boundaries: line break, head, empty line, content, line break. */
function readPart(between: Buffer): FormPart | undefined {
  const gap = between.subarray(0, LONGEST_HEAD).indexOf('\r\n\r\n')
  if (gap < 0) return undefined
  const head = between.subarray(0, gap).toString('utf8')
  const disposition = /content-disposition:([^\r\n]*)/i.exec(head)?.[1] ?? ''
  const name = parameterOf(disposition, 'name')
  if (name === undefined) return undefined
  const end = between.subarray(-2).toString('latin1') === '\r\n' ? between.length - 2 : between.length
  return {
    name,
    filename: parameterOf(disposition, 'filename'),
    content: between.subarray(Math.min(gap + 4, end), end),
  }
}

function parameterOf(disposition: string, name: string): string | undefined {
  const match = new RegExp(`[;\\s]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(disposition)
  return match?.[1]?.replace(/\\(["\\])/g, '$1') ?? match?.[2]
}

function tooMany(): WireError {
  return new WireError(400, detail(`The form has more than ${MOST_FIELDS} fields.`))
}

function malformed(reason: string): WireError {
  return new WireError(400, detail(`Multipart form parse error - ${reason}`))
}
