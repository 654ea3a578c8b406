import type { Query } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { metaQuery, type RecordMeta } from '../api/record-meta.ts'
import { readRecords } from '../api/records.ts'
import type { ReferenceOption, ReferenceSource } from '../ui/reference-source.ts'

const FIRST_CHOICES = 50

async function findMeta(target: string): Promise<RecordMeta | undefined> {
  const meta = await queryClient.ensureQueryData(metaQuery)
  return meta.records.find(({ name }) => name === target)
}

async function readOptions(
  target: string,
  query: Query,
  signal: AbortSignal,
): Promise<readonly ReferenceOption[]> {
  const meta = await findMeta(target)
  // Who may not see a record may not choose from it either.
  if (meta === undefined) return []
  const page = await readRecords(meta, query, signal)
  return page.items.map((row) => ({ id: row.id, label: String(row[meta.titleField] ?? row.id) }))
}

/** Choices of references, read from the lists of the declared records. */
export const recordReferences: ReferenceSource = {
  search: async (target, text, signal) => {
    const meta = await findMeta(target)
    if (meta === undefined) return []
    const isTextual = meta.fields.find(({ name }) => name === meta.titleField)?.kind === 'text'
    const filter = isTextual ? { [`${meta.titleField}:icontains`]: text } : { q: text }
    return readOptions(target, { ...filter, order: meta.titleField, limit: FIRST_CHOICES }, signal)
  },
  byIds: (target, ids, signal) =>
    readOptions(target, { 'id:in': ids.join(','), includeRetired: true, limit: 1000 }, signal),
  pathOf: (target, id) => {
    const meta = queryClient.getQueryData(metaQuery.queryKey)
    return meta?.records.some(({ name }) => name === target) ? `/admin/${target}/${id}` : undefined
  },
}
