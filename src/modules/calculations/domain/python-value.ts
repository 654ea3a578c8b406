/**
 * A value on its way to or from Python: JSON, with marks for what JSON lacks.
 *
 * | mark | Python |
 * |---|---|
 * | `{ $float: 'nan' }` | a float that is not finite |
 * | `{ $int: '9007199254740993' }` | an integer beyond ±(2^53 − 1) |
 * | `{ $date: '2019-07-25' }` | `datetime.date` |
 * | `{ $datetime: '2019-07-25T10:49:47-04:00' }` | `datetime.datetime`, aware when there is an offset |
 * | `{ $time: '10:49:47' }` | `datetime.time` |
 * | `{ $bytes: 'AAEC' }` | `bytes`, base64; to Python only |
 * | `{ $tuple: […] }` | `tuple` |
 * | `{ $dict: [[key, value], …] }` | a dict whose keys are not all text, or begin with `$` |
 * | `{ $record: {…} }` | an object with these attributes; to Python only |
 */
export type PythonValue =
  | null
  | boolean
  | number
  | string
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue }

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/**
 * A value of Python as plain JSON: tuples become arrays, dates `DD Mon YYYY` and date-times
 * `DD Mon YYYY HH:MM:SS` (machine-QA 2.4), numbers that are not finite null, large integers the nearest number.
 */
export function jsonOfValue(value: PythonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(jsonOfValue)
  const entries = Object.entries(value)
  const [only] = entries
  const marked = entries.length === 1 && only ? MARKS[only[0]] : undefined
  if (marked && only) return marked(only[1])
  return Object.fromEntries(entries.map(([key, member]) => [key, jsonOfValue(member)]))
}

const MARKS: Readonly<Record<string, (content: PythonValue) => JsonValue>> = {
  $float: () => null,
  $int: (content) => Number(content),
  $date: (content) => displayDay(String(content)),
  $datetime: (content) => displayInstant(String(content)),
  $time: (content) => String(content),
  $bytes: (content) => String(content),
  $tuple: (content) => (isList(content) ? content.map(jsonOfValue) : null),
  $dict: (content) => (isList(content) ? Object.fromEntries(content.map(jsonPair)) : null),
  $record: (content) => jsonOfValue(content),
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value)
}

/** Keys as Python's `json` writes them: `True` is `true`, `None` is `null`. */
function jsonPair(pair: PythonValue): readonly [string, JsonValue] {
  const [key = null, member = null] = isList(pair) ? pair : []
  return [typeof key === 'string' ? key : JSON.stringify(jsonOfValue(key)), jsonOfValue(member)]
}

function displayDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${date} ${MONTHS[Number(month) - 1] ?? month} ${year}`
}

function displayInstant(instant: string): string {
  return `${displayDay(instant.slice(0, 10))} ${instant.slice(11, 19)}`
}
