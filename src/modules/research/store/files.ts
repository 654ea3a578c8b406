import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import type { ResearchTables } from './tables.ts'

export type FileKind =
  | 'sample_info'
  | 'supplementary_file'
  | 'experiment_file'
  | 'method_file'
  | 'project_file'
  | 'attachment'

export type FileOwner = {
  readonly kind: 'sample' | 'experiment' | 'method' | 'project'
  readonly id: number
}

export type FileRow = {
  readonly id: number
  readonly kind: string
  readonly sampleId: number | null
  readonly experimentId: number | null
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
  readonly current: boolean
  readonly createdAt: Date
}

const IS_CURRENT = sql<boolean>`${sql.ref('current')}`

const OWNER_COLUMNS = {
  sample: 'sample_id',
  experiment: 'experiment_id',
  method: 'method_id',
  project: 'project_id',
} as const

/** Earlier files of the same kind stay, and are no longer the one that counts. */
export async function retireFiles(db: Database, kind: FileKind, owner: FileOwner): Promise<void> {
  await db
    .withTables<ResearchTables>()
    .updateTable('research_file')
    .set({ current: false })
    .where('kind', '=', kind)
    .where(OWNER_COLUMNS[owner.kind], '=', owner.id)
    .execute()
}

/** The files of some owners that count, oldest first. */
export async function findCurrentFiles(
  db: Database,
  ownerKind: FileOwner['kind'],
  ids: readonly number[],
): Promise<readonly FileRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .withTables<ResearchTables>()
    .selectFrom('research_file')
    .selectAll()
    .where(OWNER_COLUMNS[ownerKind], 'in', [...ids])
    .where(IS_CURRENT)
    .orderBy('id')
    .execute()
  return rows.map(toFile)
}

function toFile(row: Selectable<ResearchTables['research_file']>): FileRow {
  return {
    id: row.id,
    kind: row.kind,
    sampleId: row.sample_id,
    experimentId: row.experiment_id,
    name: row.name,
    sha256: row.sha256,
    bytes: row.size,
    mediaType: row.media_type,
    current: row.current === 1,
    createdAt: new Date(row.created_at),
  }
}

/** Which of the contents research data refers to, for the sweep of orphans. */
export async function findReferredContents(
  db: Database,
  sha256: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sha256.length === 0) return new Set()
  const { rows } = await sql<{ sha256: string }>`
    select distinct sha256 from research_file where sha256 in (${sql.join([...sha256])})`.execute(db)
  return new Set(rows.map((row) => row.sha256))
}
