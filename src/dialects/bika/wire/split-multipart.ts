import { WireError } from '../wire-error.ts'

const MOST_PARTS = 20_000
/** Longer heads name nothing that anybody could mean. */
const LONGEST_HEAD = 16 * 1024

/** Text fields of a multipart form; files are passed over. @throws WireError 400 */
export function splitMultipart(raw: Buffer, type: string): readonly (readonly [string, string])[] {
  const match = /boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type)
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) throw new WireError('Invalid boundary in multipart.', 400, true)
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const fields: (readonly [string, string])[] = []
  let start = raw.indexOf(mark)
  for (let seen = 0; start >= 0; seen++) {
    if (seen > MOST_PARTS) throw new WireError('The form has too many parts.', 400, true)
    const from = start + mark.length
    const next = raw.indexOf(mark, from)
    const field = next < 0 ? undefined : readPart(raw.subarray(from, next))
    if (field) fields.push(field)
    start = next
  }
  return fields
}

/** What stands between two boundaries: line break, head, empty line, content, line break. */
function readPart(between: Buffer): readonly [string, string] | undefined {
  const gap = between.subarray(0, LONGEST_HEAD).indexOf('\r\n\r\n')
  if (gap < 0) return undefined
  const disposition =
    /content-disposition:([^\r\n]*)/i.exec(between.subarray(0, gap).toString('utf8'))?.[1] ?? ''
  const name = /[;\s]name=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/i.exec(disposition)
  const key = name?.[1] ?? name?.[2]
  if (key === undefined || /[;\s]filename=/i.test(disposition)) return undefined
  const end = between.subarray(-2).toString('latin1') === '\r\n' ? between.length - 2 : between.length
  return [key, between.subarray(Math.min(gap + 4, end), end).toString('utf8')]
}
