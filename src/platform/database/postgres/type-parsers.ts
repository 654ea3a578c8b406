import pg, { type CustomTypesConfig } from 'pg'

type Parser = (text: string) => unknown

const OWN_PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [pg.types.builtins.BOOL, (text) => (text === 't' ? 1 : 0)],
  [pg.types.builtins.INT8, safeNumber],
  [pg.types.builtins.NUMERIC, safeNumber],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.TIMESTAMPTZ, instantText],
  [pg.types.builtins.TIMESTAMP, (text) => text],
  [pg.types.builtins.JSON, (text) => text],
  [pg.types.builtins.JSONB, (text) => text],
])

/** How values arrive from PostgreSQL: as they do from SQLite. For one pool, not for the whole process. */
export const TYPE_PARSERS: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : OWN_PARSERS.get(oid)
    return own ?? pg.types.getTypeParser(oid, format)
  },
}

/** @throws RangeError for whole numbers that JavaScript cannot represent */
function safeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RangeError(`The number ${text} is too large to be read exactly.`)
  }
  return value
}

const INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/

/** The session's zone is UTC, so every instant ends with `+00`. Digits after the milliseconds are cut off. */
function instantText(text: string): string {
  const found = INSTANT.exec(text)
  if (!found) throw new RangeError(`The instant ${text} is outside the years 1 to 9999.`)
  const [, day, time, fraction = ''] = found
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
}
