/** A constraint that a statement violated. Which of the details are known depends on the database. */
export type ConstraintViolation = {
  readonly kind: 'unique' | 'foreign-key' | 'check' | 'not-null'
  /** The name, for checks; for unique indexes on PostgreSQL only. */
  readonly constraint?: string
  readonly table?: string
  /** The columns, for unique and not-null. */
  readonly columns?: readonly string[]
}

const POSTGRES_KINDS: ReadonlyMap<unknown, ConstraintViolation['kind']> = new Map([
  ['23505', 'unique'],
  ['23503', 'foreign-key'],
  ['23001', 'foreign-key'],
  ['23514', 'check'],
  ['23502', 'not-null'],
])

// Extended result codes: https://www.sqlite.org/rescode.html
const SQLITE_KINDS: ReadonlyMap<unknown, ConstraintViolation['kind']> = new Map([
  [2067, 'unique'],
  [1555, 'unique'],
  [2579, 'unique'],
  [787, 'foreign-key'],
  [1811, 'foreign-key'],
  [275, 'check'],
  [1299, 'not-null'],
])

/** @returns which constraint `error` reports as violated, undefined when it is another error */
export function constraintViolation(error: unknown): ConstraintViolation | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error) return sqliteViolation(error.errcode, error.message)
  return 'code' in error ? postgresViolation(error.code, error) : undefined
}

function sqliteViolation(errcode: unknown, message: string): ConstraintViolation | undefined {
  const kind = SQLITE_KINDS.get(errcode)
  if (!kind) return undefined
  // RESTRICT reports itself as a trigger does.
  if (kind === 'foreign-key') return message.startsWith('FOREIGN KEY') ? { kind } : undefined
  const subject = message.slice(message.indexOf(': ') + 2)
  if (kind === 'check') return { kind, constraint: subject }
  const index = /^index '(.+)'$/.exec(subject)?.[1]
  if (index) return { kind, constraint: index }
  const names = subject.split(', ').map((name) => name.split('.'))
  const columns = names.map(([, column = '']) => column)
  const table = names[0]?.[0]
  return table === undefined ? { kind, columns } : { kind, table, columns }
}

function postgresViolation(code: unknown, error: Error): ConstraintViolation | undefined {
  const kind = POSTGRES_KINDS.get(code)
  if (!kind) return undefined
  const text = (name: string) => {
    const value: unknown = Object.entries(error).find(([key]) => key === name)?.[1]
    return typeof value === 'string' ? value : undefined
  }
  const constraint = text('constraint')
  const table = text('table')
  const columns = kind === 'not-null' ? text('column')?.split(', ') : keyColumns(kind, text('detail'))
  return {
    kind,
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(columns === undefined ? {} : { columns }),
  }
}

/** From the detail `Key (a, b)=(1, 2) already exists.`, whatever the server's language. */
function keyColumns(kind: ConstraintViolation['kind'], detail: string | undefined): string[] | undefined {
  if (kind !== 'unique') return undefined
  return /\(([a-z0-9_, ]+)\)=\(/.exec(detail ?? '')?.[1]?.split(', ')
}
