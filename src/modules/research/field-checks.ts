import type { Context } from '../../context.ts'
import { compare } from '../../core/query.ts'
import { listRecords } from '../records/list-records.ts'
import type { FieldChecks, TermState } from './domain/check-fields.ts'
import { valuesAt } from './domain/info-rules.ts'
import type { JsonObject } from './domain/json-value.ts'
import { flattenFields, type SchemaField } from './domain/schema-fields.ts'
import { termRecord } from './records/term.ts'
import { vocabularyRecord } from './records/vocabulary.ts'
import { findLivingSamples } from './store/samples.ts'

const MOST = 10_000

/** Looks up what the check of some documents will ask: controlled lists and samples that are referred to. */
export async function fieldChecksFor(
  ctx: Context,
  fields: readonly SchemaField[],
  documents: readonly JsonObject[],
): Promise<FieldChecks> {
  const flat = flattenFields(fields)
  const lists = [...new Set(flat.flatMap(({ vocabulary }) => vocabulary ?? []))]
  const referred = flat
    .filter(({ kind, reference }) => kind === 'reference' && (reference ?? 'sample') === 'sample')
    .flatMap(({ path }) => documents.flatMap((info) => valuesAt(info, path)))
    .flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
  const [vocabularies, samples] = await Promise.all([
    lists.length === 0 ? NO_LISTS : readLists(ctx, lists),
    findLivingSamples(ctx.db, [...new Set(referred)]),
  ])
  return {
    term: (list, code) => vocabularies.terms.get(`${list} ${code}`),
    isOpen: (list) => vocabularies.open.get(list),
    // only samples are looked up: other things are named by ids of their own part
    reference: (kind, id) => (kind !== 'sample' || samples.has(id) ? kind : undefined),
  }
}

type Lists = { readonly terms: ReadonlyMap<string, TermState>; readonly open: ReadonlyMap<string, boolean> }

const NO_LISTS: Lists = { terms: new Map(), open: new Map() }

async function readLists(ctx: Context, keys: readonly string[]): Promise<Lists> {
  const page = { order: [], limit: MOST, offset: 0 }
  const lists = await listRecords(
    ctx,
    vocabularyRecord,
    { ...page, where: compare('key', 'in', keys) },
    { total: 'none' },
  )
  const ids = lists.rows.map(({ id }) => id)
  const terms = await listRecords(
    ctx,
    termRecord,
    { ...page, where: compare('vocabulary', 'in', ids) },
    { total: 'none' },
  )
  const keyOf = new Map(lists.rows.map((row) => [row.id, String(row.key)]))
  const codeOf = new Map(terms.rows.map((row) => [row.id, String(row.code)]))
  return {
    open: new Map(lists.rows.map((row) => [String(row.key), row.open === true])),
    terms: new Map(
      terms.rows.map((row) => {
        const replacement = typeof row.replacedBy === 'number' ? codeOf.get(row.replacedBy) : undefined
        const state: TermState =
          row.retiredAt === null ? { kind: 'active' } : { kind: 'retired', replacement }
        return [`${keyOf.get(Number(row.vocabulary)) ?? ''} ${String(row.code)}`, state]
      }),
    ),
  }
}
