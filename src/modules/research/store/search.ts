import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import { relativesOf } from './runs.ts'

/** What one value in the info of a sample must be; numbers in SI units. */
export type ValueTest =
  | {
      readonly kind: 'number'
      readonly low: number | undefined
      readonly high: number | undefined
      readonly excludes: readonly ('low' | 'high')[]
    }
  | { readonly kind: 'text'; readonly equals: readonly string[] }
  | { readonly kind: 'contains'; readonly text: string }
  | {
      readonly kind: 'order'
      readonly low: string | undefined
      readonly high: string | undefined
      readonly excludes: readonly ('low' | 'high')[]
    }
  | { readonly kind: 'any' }

/** A condition on samples, which stand in the statement as `s`. */
export type SearchSql = RawBuilder<SqlBool>

/** Samples with a value at one of the places that passes: each is looked up by its sample. */
export function hasValue(fieldIds: readonly number[], test: ValueTest): SearchSql {
  if (fieldIds.length === 0) return sql`1 = 0`
  return sql`exists (select 1 from research_value v where v.sample_id = s.id and v.field_id in (${sql.join([...fieldIds])})
    and ${passes(test)})`
}

function passes(test: ValueTest): SearchSql {
  switch (test.kind) {
    case 'any':
      return sql`1 = 1`
    case 'text':
      return sql`v.text in (${sql.join(test.equals.map(fold))})`
    case 'contains':
      return sql`v.text like ${`%${fold(test.text).replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`
    case 'number':
    case 'order': {
      const column = sql.ref(test.kind === 'number' ? 'v.number' : 'v.text')
      const parts = [
        ...(test.low === undefined
          ? []
          : [sql<SqlBool>`${column} ${sql.raw(test.excludes.includes('low') ? '>' : '>=')} ${test.low}`]),
        ...(test.high === undefined
          ? []
          : [sql<SqlBool>`${column} ${sql.raw(test.excludes.includes('high') ? '<' : '<=')} ${test.high}`]),
      ]
      return parts.length === 0 ? sql`${column} is not null` : sql`${sql.join(parts, sql` and `)}`
    }
  }
}

/** The same, found by the index of the values: for tests that few samples pass. */
export function isAmongValues(fieldIds: readonly number[], test: ValueTest): SearchSql {
  if (fieldIds.length === 0) return sql`1 = 0`
  return sql`s.id in (select v.sample_id from research_value v where v.field_id in (${sql.join([...fieldIds])}) and ${passes(test)})`
}

/** How many values pass, counted no further than `most`. */
export async function countValues(
  db: Database,
  fieldIds: readonly number[],
  test: ValueTest,
  most: number,
): Promise<number> {
  if (fieldIds.length === 0) return 0
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select 1 from research_value v
    where v.field_id in (${sql.join([...fieldIds])}) and ${passes(test)} limit ${most}) as found`.execute(db)
  return rows[0]?.count ?? 0
}

export function isOneOf(ids: readonly number[]): SearchSql {
  return ids.length === 0 ? sql`1 = 0` : sql`s.id in (${sql.join([...ids])})`
}

export function isRelativeOf(sampleKey: number, direction: 'up' | 'down'): SearchSql {
  return sql`(s.id <> ${sampleKey} and s.id in ${relativesOf(sampleKey, direction)})`
}

/** Went into a living experiment, of a method with that name where one is given. */
export function hasExperiment(method: string | undefined): SearchSql {
  const named = method === undefined ? sql`1 = 1` : sql`m.name = ${method}`
  return sql`exists (select 1 from research_run_input i join research_run r on r.id = i.run_id
    join research_experiment e on e.id = r.experiment_id join research_method m on m.id = e.method_id
    where i.sample_id = s.id and e.binned_at is null and ${named})`
}

export function combined(parts: readonly SearchSql[], word: 'and' | 'or'): SearchSql {
  if (parts.length === 0) return word === 'and' ? sql`1 = 1` : sql`1 = 0`
  return sql`(${sql.join([...parts], sql` ${sql.raw(word)} `)})`
}

export function negated(part: SearchSql): SearchSql {
  return sql`not ${part}`
}

export type SearchOrder = { readonly column: string; readonly direction: 'asc' | 'desc' }

/** Ids of one page of samples. */
export async function searchSampleIds(
  db: Database,
  where: SearchSql,
  {
    order,
    limit,
    offset,
  }: { readonly order: readonly SearchOrder[]; readonly limit: number; readonly offset: number },
): Promise<readonly number[]> {
  const terms = order.map(({ column, direction }) => sql`${sql.ref(`s.${column}`)} ${sql.raw(direction)}`)
  const { rows } = await sql<{ id: number }>`select s.id from research_sample s where ${where}
    order by ${sql.join(terms)} limit ${limit} offset ${offset}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function countSamples(db: Database, where: SearchSql): Promise<number> {
  const { rows } = await sql<{
    total: number
  }>`select count(*) as total from research_sample s where ${where}`.execute(db)
  return rows[0]?.total ?? 0
}
