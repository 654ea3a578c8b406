import { WireError } from '../wire-error.ts'

/** A value as a form sends it, or as JSON does. */
export type WireValue =
  | string
  | number
  | boolean
  | null
  | readonly WireValue[]
  | { readonly [key: string]: WireValue }

/** Parameters in the order in which their names first came. */
export type Parameters = ReadonlyMap<string, WireValue>

/** Fields that one request may have. */
const MOST_FIELDS = 20_000

const IGNORED = new Set([
  'string',
  'text',
  'utf8',
  'ustring',
  'ulines',
  'utext',
  'required',
  'default',
  'date',
])

/**
 * Reads names and values by the rules of Zope's forms: `Name:list`, `Name[]`, `Name:int`, `Name.key:record`, `…:records`;
 * a repeated name becomes a list.
 *
 * @throws WireError 400 where a converter cannot read its value
 * @see specification 1.4
 */
export function parseParameters(pairs: readonly (readonly [string, string])[]): Parameters {
  if (pairs.length > MOST_FIELDS)
    throw new WireError(`The request has more than ${MOST_FIELDS} fields.`, 400, true)
  const found = new Map<string, Gathered>()
  for (const [name, text] of pairs) {
    if (!isStorable(name) || !isStorable(text))
      throw new WireError('The request holds characters that cannot be stored.', 400)
    const parsed = parseName(name)
    if (parsed.converters.includes('ignore_empty') && text === '') continue
    gather(found, parsed, convert(name, text, parsed.converters))
  }
  return new Map([...found].map(([name, gathered]) => [name, settle(gathered)]))
}

type Gathered =
  | { readonly kind: 'values'; readonly values: WireValue[]; isList: boolean }
  | { readonly kind: 'records'; readonly records: Map<string, WireValue>[]; readonly isList: boolean }

type ParsedName = {
  readonly name: string
  readonly key: string | undefined
  readonly converters: readonly string[]
}

function parseName(given: string): ParsedName {
  const [bare = '', ...converters] = given.split(':')
  const isRecord = converters.includes('record') || converters.includes('records')
  const dot = isRecord ? bare.lastIndexOf('.') : -1
  const name = dot < 0 ? bare : bare.slice(0, dot)
  const brackets = name.endsWith('[]')
  return {
    name: brackets ? name.slice(0, -2) : name,
    key: dot < 0 ? undefined : bare.slice(dot + 1),
    converters: brackets ? [...converters, 'list'] : converters,
  }
}

function gather(found: Map<string, Gathered>, { name, key, converters }: ParsedName, value: WireValue): void {
  if (key !== undefined) {
    gatherRecord(found, name, key, value, converters.includes('records'))
    return
  }
  const known = found.get(name)
  const isList = converters.includes('list') || converters.includes('tokens') || converters.includes('lines')
  const values = Array.isArray(value) ? value : [value]
  if (known?.kind !== 'values') {
    found.set(name, { kind: 'values', values: [...values], isList })
    return
  }
  known.values.push(...values)
  known.isList ||= isList || known.values.length > 1
}

function gatherRecord(
  found: Map<string, Gathered>,
  name: string,
  key: string,
  value: WireValue,
  isList: boolean,
): void {
  const known = found.get(name)
  const gathered: Gathered = known?.kind === 'records' ? known : { kind: 'records', records: [], isList }
  found.set(name, gathered)
  if (gathered.kind !== 'records') return
  const last = gathered.records.at(-1)
  if (!last || (isList && last.has(key))) gathered.records.push(new Map([[key, value]]))
  else last.set(key, value)
}

function settle(gathered: Gathered): WireValue {
  if (gathered.kind === 'values') return gathered.isList ? gathered.values : (gathered.values[0] ?? '')
  const records = gathered.records.map((record) => Object.fromEntries(record))
  return gathered.isList ? records : (records[0] ?? {})
}

function convert(name: string, text: string, converters: readonly string[]): WireValue {
  const kind = converters.find(
    (each) =>
      !IGNORED.has(each) &&
      each !== 'list' &&
      each !== 'record' &&
      each !== 'records' &&
      each !== 'ignore_empty',
  )
  switch (kind) {
    case 'int':
    case 'long':
      if (!/^\s*[+-]?\d{1,15}\s*$/.test(text))
        throw new WireError(`An integer was expected in the value '${text}' of ${name}`, 400, true)
      return Number(text)
    case 'float':
      if (text.trim() === '' || !Number.isFinite(Number(text)))
        throw new WireError(
          `A floating-point number was expected in the value '${text}' of ${name}`,
          400,
          true,
        )
      return Number(text)
    case 'boolean':
      return text !== '' && text !== 'False'
    case 'lines':
      return text.split(/\r?\n/)
    case 'tokens':
      return text.split(/\s+/).filter((token) => token !== '')
    default:
      return text
  }
}

/** The text of a parameter; of a list its first. */
export function textOf(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name)
  const first = Array.isArray(value) ? value[0] : value
  if (first === undefined || first === null || typeof first === 'object') return undefined
  return String(first)
}

/** All texts of a parameter. */
export function textsOf(value: WireValue | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return typeof value === 'object' ? [] : [String(value)]
}

/** Whether a value is a record rather than a list or a scalar. */
export function isWireRecord(value: WireValue): value is { readonly [key: string]: WireValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a text can be kept by both databases. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** As {@link isStorable}, for every text within a value: JSON writes such characters as escapes. */
export function isStorableValue(value: WireValue): boolean {
  return !/\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value).replaceAll('\\\\', ''))
}
