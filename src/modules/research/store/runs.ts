import { sql } from 'kysely'
import type { Quantity } from '../../../core/quantity/quantity.ts'
import type { Database } from '../../../platform/database/database.ts'
import { insertMany } from '../../../platform/database/insert-many.ts'
import type { ResearchTables } from './tables.ts'

export type RunInput = {
  readonly sampleId: number
  readonly amount: Quantity | null
  readonly consumed: boolean
}
export type RunOutput = { readonly sampleId: number; readonly amount: Quantity | null }

/** What goes into a step and comes out of it. */
export type RunEnds = { readonly inputs: readonly RunInput[]; readonly outputs: readonly RunOutput[] }

export async function saveRunEnds(db: Database, runId: number, { inputs, outputs }: RunEnds): Promise<void> {
  const tables = db.withTables<ResearchTables>()
  await tables.deleteFrom('research_run_input').where('run_id', '=', runId).execute()
  await tables.deleteFrom('research_run_output').where('run_id', '=', runId).execute()
  const amountOf = (amount: Quantity | null) => (amount === null ? null : JSON.stringify(amount))
  await insertMany(
    tables,
    'research_run_input',
    inputs.map(({ sampleId, amount, consumed }, position) => ({
      run_id: runId,
      sample_id: sampleId,
      position,
      amount: amountOf(amount),
      consumed,
    })),
  )
  await insertMany(
    tables,
    'research_run_output',
    outputs.map(({ sampleId, amount }, position) => ({
      run_id: runId,
      sample_id: sampleId,
      position,
      amount: amountOf(amount),
    })),
  )
}

/** Removes the step that a named parent implied. */
export async function deleteImpliedRun(db: Database, outputId: number): Promise<void> {
  const tables = db.withTables<ResearchTables>()
  const runs = await tables
    .selectFrom('research_run as r')
    .innerJoin('research_run_output as o', 'o.run_id', 'r.id')
    .select('r.id')
    .where('r.kind', '=', 'implied')
    .where('o.sample_id', '=', outputId)
    .execute()
  if (runs.length === 0) return
  await tables
    .deleteFrom('research_run')
    .where(
      'id',
      'in',
      runs.map(({ id }) => id),
    )
    .execute()
}

export async function findRunOfExperiment(db: Database, experimentId: number): Promise<number | undefined> {
  const row = await db
    .withTables<ResearchTables>()
    .selectFrom('research_run')
    .select('id')
    .where('experiment_id', '=', experimentId)
    .executeTakeFirst()
  return row?.id
}

const DEEPEST = 200

/** Samples that others came from (`up`) or that came from them (`down`), by any number of steps; with the first ones. */
export async function findRelatives(
  db: Database,
  ids: readonly number[],
  direction: 'up' | 'down',
  depth = DEEPEST,
): Promise<readonly { readonly id: number; readonly depth: number }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: number; depth: number }>`
    with recursive relative(id, depth) as (
      select id, 0 from research_sample where id in (${sql.join([...ids])})
      union
      ${nextStep(direction)} where relative.depth < ${depth}
    ) select id, min(depth) as depth from relative group by id order by depth, id`.execute(db)
  return rows
}

function nextStep(direction: 'up' | 'down') {
  const [from, to] = direction === 'up' ? ['output', 'input'] : ['input', 'output']
  return sql`select far.sample_id, relative.depth + 1 from relative
    join ${sql.table(`research_run_${from}`)} near on near.sample_id = relative.id
    join ${sql.table(`research_run_${to}`)} far on far.run_id = near.run_id`
}

/** The ids of all relatives as a subquery, for conditions of searches. */
export function relativesOf(sampleId: number, direction: 'up' | 'down') {
  return sql`(with recursive relative(id) as (
    select far.sample_id from ${nearTable(direction)} near join ${farTable(direction)} far on far.run_id = near.run_id
      where near.sample_id = ${sampleId}
    union
    select far.sample_id from relative join ${nearTable(direction)} near on near.sample_id = relative.id
      join ${farTable(direction)} far on far.run_id = near.run_id
  ) select id from relative)`
}

function nearTable(direction: 'up' | 'down') {
  return sql.table(direction === 'up' ? 'research_run_output' : 'research_run_input')
}

function farTable(direction: 'up' | 'down') {
  return sql.table(direction === 'up' ? 'research_run_input' : 'research_run_output')
}

export type FoundRun = {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly methodId: number | null
  readonly experimentId: number | null
  readonly performedOn: string
  readonly inputs: readonly RunInput[]
  readonly outputs: readonly RunOutput[]
}

/** Steps that any of the samples went into or came out of. */
export async function findRunsOf(
  db: Database,
  sampleIds: readonly number[],
  limit: number,
): Promise<readonly FoundRun[]> {
  if (sampleIds.length === 0) return []
  const ids = sql.join([...sampleIds])
  const { rows } = await sql<{
    id: number
    kind: string
    name: string
    method_id: number | null
    experiment_id: number | null
    performed_on: string
  }>`select id, kind, name, method_id, experiment_id, performed_on from research_run where (id in (
      select run_id from research_run_input where sample_id in (${ids})
    ) or id in (select run_id from research_run_output where sample_id in (${ids})))
    and (experiment_id is null or experiment_id in (select id from research_experiment where binned_at is null))
    order by id limit ${limit}`.execute(db)
  const [inputs, outputs] = await Promise.all([
    endsOf(
      db,
      'research_run_input',
      rows.map(({ id }) => id),
    ),
    endsOf(
      db,
      'research_run_output',
      rows.map(({ id }) => id),
    ),
  ])
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    methodId: row.method_id,
    experimentId: row.experiment_id,
    performedOn: row.performed_on,
    inputs: inputs.get(row.id) ?? [],
    outputs: outputs.get(row.id) ?? [],
  }))
}

async function endsOf(
  db: Database,
  table: 'research_run_input' | 'research_run_output',
  runIds: readonly number[],
): Promise<ReadonlyMap<number, readonly RunInput[]>> {
  if (runIds.length === 0) return new Map()
  const consumed = table === 'research_run_input' ? sql`consumed` : sql`null`
  const { rows } = await sql<{
    run_id: number
    sample_id: number
    amount: string | null
    consumed: number | null
  }>`
    select run_id, sample_id, amount, ${consumed} as consumed from ${sql.table(table)}
    where run_id in (${sql.join([...runIds])}) order by run_id, position`.execute(db)
  const ends = rows.map((row) => ({
    runId: row.run_id,
    sampleId: row.sample_id,
    amount: row.amount === null ? null : readAmount(row.amount),
    consumed: row.consumed === 1,
  }))
  return Map.groupBy(ends, ({ runId }) => runId)
}

function readAmount(text: string): Quantity {
  const amount: Quantity = JSON.parse(text)
  return amount
}

/** Amounts of a sample that steps took from it. */
export async function findConsumed(db: Database, sampleId: number): Promise<readonly Quantity[]> {
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_run_input')
    .select('amount')
    .where('sample_id', '=', sampleId)
    .where(sql<boolean>`consumed`)
    .where('amount', 'is not', null)
    .execute()
  return rows.flatMap(({ amount }) => (amount === null ? [] : [readAmount(amount)]))
}
