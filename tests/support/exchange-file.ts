/**
 * Recorded exchanges as plain text. A file holds any number of them:
 *
 * ```
 * === what it shows
 * > POST /api/qa/testlistinstances/ as user
 * > content-type: application/json
 * {"day": "x"}
 * < 400
 * < allow: GET, POST
 * {"day":["A valid integer is required."]}
 * ```
 *
 * `as user` sends that user's token, `with session of user` the cookie of a session. Headers of the answer are compared
 * where they are named; `-` means that there is none. Lines of an answer's body are joined without the blanks before
 * them, so that one long line can be read; after `< body: verbatim` they stand as they are.
 *
 * `«name:pattern»` in an answer is whatever matches; later requests may use what it was as `«name»`.
 */
export type Exchange = {
  readonly name: string
  readonly line: number
  readonly request: RecordedRequest
  readonly response: RecordedResponse
}

export type RecordedRequest = {
  readonly method: string
  readonly path: string
  readonly who: { readonly by: 'nobody' | 'token' | 'session'; readonly role: string }
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export type RecordedResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly isVerbatim: boolean
  readonly body: string
}

/** @throws Error naming the line that is no part of an exchange */
export function parseExchanges(text: string): readonly Exchange[] {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, index) => (line.startsWith('=== ') ? [index] : []))
  return starts.map((start, index) => parseExchange(lines.slice(start, starts[index + 1]), start + 1))
}

function parseExchange([title = '', ...lines]: readonly string[], line: number): Exchange {
  const answerAt = lines.findIndex((each) => /^< \d{3}$/.test(each))
  if (answerAt < 0) throw new Error(`line ${line}: this exchange has no answer`)
  return {
    name: title.slice(4).trim(),
    line,
    request: parseRequest(lines.slice(0, answerAt), line),
    response: parseResponse(lines.slice(answerAt)),
  }
}

const REQUEST_LINE = /^> ([A-Z]+) (\S+)(?: (as|with session of) (\w+))?$/

function parseRequest(lines: readonly string[], line: number): RecordedRequest {
  const { head, body } = split(lines, '> ')
  const [first = '', ...headers] = head
  const match = REQUEST_LINE.exec(first)
  if (!match) throw new Error(`line ${line + 1}: this is no request line: ${first}`)
  const [, method = '', path = '', by, role = ''] = match
  const credential = by === 'as' ? 'token' : by === undefined ? 'nobody' : 'session'
  return {
    method,
    path,
    who: { by: credential, role },
    headers: parseHeaders(headers),
    body: body.length === 0 ? undefined : body.join('\n'),
  }
}

function parseResponse(lines: readonly string[]): RecordedResponse {
  const { head, body } = split(lines, '< ')
  const [status = '', ...rest] = head
  const { body: manner, ...headers } = parseHeaders(rest)
  const isVerbatim = manner === 'verbatim'
  return {
    status: Number(status.slice(2)),
    headers,
    isVerbatim,
    body: isVerbatim ? body.join('\n') : body.map((each) => each.trimStart()).join(''),
  }
}

/** Lines with the mark, and the body behind them without the empty lines at its end. */
function split(
  lines: readonly string[],
  mark: string,
): { readonly head: readonly string[]; readonly body: readonly string[] } {
  const end = lines.findIndex((each) => !each.startsWith(mark))
  const body = end < 0 ? [] : lines.slice(end).filter((each) => !each.startsWith('# '))
  while (body.at(-1) === '') body.pop()
  return { head: end < 0 ? lines : lines.slice(0, end), body }
}

function parseHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((each) => {
      const [, name = '', value = ''] = /^. ([\w-]+): ?(.*)$/.exec(each) ?? []
      return [name.toLowerCase(), value]
    }),
  )
}

/** The pattern of an expected text with `«name:pattern»` in it. */
export function patternOf(expected: string): RegExp {
  const names = new Set<string>()
  const source = expected
    .split(/(«[^»]*»)/)
    .map((part) => {
      const match = /^«(?:([a-z]\w*):)?(.*)»$/s.exec(part)
      if (!match) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      const [, name, pattern = ''] = match
      if (name === undefined || names.has(name)) return `(?:${pattern})`
      names.add(name)
      return `(?<${name}>${pattern})`
    })
    .join('')
  return new RegExp(`^${source}$`, 's')
}

/** A text with the captured values in place of `«name»`. */
export function filledIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/«(\w+)»/g, (whole, name: string) => values.get(name) ?? whole)
}
