import type { CompiledQuery } from 'kysely'

const READS = /^\s*(select|with|values|explain)\b/i
const WRITES = /\b(insert|update|delete|merge|replace)\b/i
const COUNTED = /^\s*(?:with\b[\s\S]*?)?\b(?:insert|update|delete|merge|replace)\b/i

/** Whether a statement only reads: decided by its tree, for raw SQL by its words (when in doubt it writes). */
export function isRead(query: CompiledQuery): boolean {
  if (query.query.kind === 'SelectQueryNode') return true
  if (query.query.kind !== 'RawNode') return false
  const found = READS.exec(query.sql)
  return found !== null && (found[1]?.toLowerCase() === 'select' || !WRITES.test(query.sql))
}

/** Whether a statement that is not a read has a number of changed rows. */
export function countsRows(query: CompiledQuery): boolean {
  const { kind } = query.query
  return kind === 'RawNode' ? COUNTED.test(query.sql) : /^(Insert|Update|Delete|Merge)QueryNode$/.test(kind)
}
