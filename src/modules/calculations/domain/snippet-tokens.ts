/**
 * The identifiers that Python code mentions: not after a dot, not in text, not in comments. What stands in the
 * braces of an f-string is code and counts.
 *
 * Reads any text, valid Python or not, in time linear in its length and without recursion.
 */
export function findIdentifiers(source: string): ReadonlySet<string> {
  const reading: Reading = { source, position: 0, found: new Set(), afterDot: false, levels: [] }
  while (reading.position < source.length) {
    const level = reading.levels.at(-1)
    if (level === undefined || level.kind === 'field') readCode(reading, level)
    else readText(reading, level)
  }
  return reading.found
}

/** Inside an f-string: its text, a replacement field, or the format after a field's colon. */
type Level =
  | { readonly kind: 'text' | 'format'; readonly quotes: string; readonly raw: boolean }
  | { readonly kind: 'field'; readonly raw: boolean; readonly quotes: string; brackets: number }
type Field = Extract<Level, { kind: 'field' }>
type Text = Exclude<Level, Field>

type Reading = {
  readonly source: string
  position: number
  readonly found: Set<string>
  afterDot: boolean
  readonly levels: Level[]
}

const BLANK = /(?:\s|\\|#[^\n]*)+/y
const IDENTIFIER = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy
const NUMBER = /\.?\d(?:[eE][+-](?=\d)|[\w.])*/y
const TEXT_PREFIX = /^(?:[rbuft]|[bft]r|r[bft])$/i
const QUOTES = /"""|'''|"|'/y
const CONVERSION = /![rsa](?=\s*[:}])/y
const NAMED_CHARACTER = /\\N\{[^}\n]*\}/y

function readCode(reading: Reading, field: Field | undefined): void {
  if (take(reading, BLANK) !== undefined) return
  const quotes = take(reading, QUOTES)
  if (quotes !== undefined) {
    openText(reading, '', quotes)
    return
  }
  if (take(reading, NUMBER) !== undefined) {
    reading.afterDot = false
    return
  }
  const name = take(reading, IDENTIFIER)
  if (name !== undefined) readName(reading, name)
  else if (field === undefined || !readFieldMark(reading, field)) readMark(reading)
}

function readName(reading: Reading, name: string): void {
  const quotes = TEXT_PREFIX.test(name) ? take(reading, QUOTES) : undefined
  if (quotes !== undefined) openText(reading, name, quotes)
  else if (!reading.afterDot) reading.found.add(name)
  reading.afterDot = false
}

function readMark(reading: Reading): void {
  const { source, position } = reading
  const isEllipsis = source.startsWith('...', position)
  reading.afterDot = source[position] === '.' && !isEllipsis
  reading.position += isEllipsis ? 3 : 1
}

/** The marks that mean something in a replacement field; true when one was read. */
function readFieldMark(reading: Reading, field: Field): boolean {
  const mark = reading.source[reading.position] ?? ''
  if ('([{'.includes(mark)) {
    field.brackets++
    return false
  }
  if (field.brackets > 0) {
    if (')]}'.includes(mark)) field.brackets--
    return false
  }
  if (take(reading, CONVERSION) !== undefined) return true
  if (mark !== '}' && mark !== ':') return false
  reading.levels.pop()
  if (mark === ':') reading.levels.push({ kind: 'format', quotes: field.quotes, raw: field.raw })
  reading.position++
  reading.afterDot = false
  return true
}

function openText(reading: Reading, prefix: string, quotes: string): void {
  reading.afterDot = false
  const raw = /r/i.test(prefix)
  if (/[ft]/i.test(prefix)) reading.levels.push({ kind: 'text', quotes, raw })
  else skipPlainText(reading, quotes)
}

/** A text in single quotes that is not closed ends with its line. */
function skipPlainText(reading: Reading, quotes: string): void {
  const { source } = reading
  while (reading.position < source.length) {
    if (source.startsWith(quotes, reading.position)) {
      reading.position += quotes.length
      return
    }
    if (quotes.length === 1 && source[reading.position] === '\n') return
    reading.position += source[reading.position] === '\\' ? 2 : 1
  }
}

/** One step through the text of an f-string or the format of a field. */
function readText(reading: Reading, level: Text): void {
  const { source, position } = reading
  const mark = source[position]
  if (source.startsWith(level.quotes, position)) {
    closeText(reading, level.quotes)
  } else if (mark === '\n' && level.quotes.length === 1) {
    closeText(reading, '')
  } else if (mark === '{') {
    readBrace(reading, level)
  } else if (mark === '}' && level.kind === 'format') {
    reading.levels.pop()
    reading.position++
  } else if (mark === '\\') {
    skipEscape(reading, level)
  } else {
    reading.position++
  }
}

function readBrace(reading: Reading, level: Text): void {
  const isEscaped = level.kind === 'text' && reading.source[reading.position + 1] === '{'
  reading.position += isEscaped ? 2 : 1
  if (isEscaped) return
  reading.levels.push({ kind: 'field', quotes: level.quotes, raw: level.raw, brackets: 0 })
}

function skipEscape(reading: Reading, level: Text): void {
  if (!level.raw && take(reading, NAMED_CHARACTER) !== undefined) return
  const next = reading.source[reading.position + 1]
  reading.position += next === '{' || next === '}' ? 1 : 2
}

/** Leaves the innermost f-string with everything opened inside it. */
function closeText(reading: Reading, quotes: string): void {
  while (reading.levels.length > 0 && reading.levels.pop()?.kind !== 'text');
  reading.position += quotes.length
}

function take(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.position
  const taken = pattern.exec(reading.source)?.[0]
  if (taken !== undefined) reading.position += taken.length
  return taken
}
