import { type Selectable, sql } from 'kysely'
import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { Attachment, AttachmentOwner, NewAttachment } from '../domain/attachment.ts'
import { toInstant } from './row-values.ts'
import type { QaTables } from './tables.ts'

const OWNER_COLUMNS = {
  test: 'test_id',
  testList: 'test_list_id',
  testListCycle: 'test_list_cycle_id',
  session: 'session_id',
  result: 'result_id',
  unit: 'unit_id',
  serviceEvent: 'service_event_id',
  part: 'part_id',
  fault: 'fault_id',
} as const

const NO_OWNER = {
  test_id: null,
  test_list_id: null,
  test_list_cycle_id: null,
  session_id: null,
  result_id: null,
  unit_id: null,
  service_event_id: null,
  part_id: null,
  fault_id: null,
}

export async function insertAttachment(db: Database, attachment: NewAttachment): Promise<Attachment> {
  const { id } = await db
    .withTables<QaTables>()
    .insertInto('qa_attachment')
    .values({
      path: attachment.path,
      path_folded: fold(attachment.path),
      label: attachment.label,
      label_folded: fold(attachment.label),
      comment: attachment.comment,
      comment_folded: fold(attachment.comment),
      media_type: attachment.mediaType,
      media_type_folded: attachment.mediaType,
      size: attachment.sizeBytes,
      sha256: attachment.sha256,
      sha256_folded: attachment.sha256,
      ...ownerColumns(attachment.owner),
      created_at: attachment.createdAt,
      created_by_id: attachment.createdById,
      modified_at: attachment.createdAt,
      modified_by_id: attachment.createdById,
      version: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...attachment, id }
}

/** Gives a temporary attachment its owner and final address. @returns whether it still was temporary */
export async function adoptAttachment(
  db: Database,
  id: number,
  owner: AttachmentOwner,
  path: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<QaTables>()
    .updateTable('qa_attachment')
    .set({ ...ownerColumns(owner), path, path_folded: fold(path) })
    .where('id', '=', id)
    .where((eb) => eb.and(Object.values(OWNER_COLUMNS).map((column) => eb(column, 'is', null))))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Gives an attachment another owner; its address stays. */
export async function moveAttachment(
  db: Database,
  id: number,
  owner: AttachmentOwner,
  comment: string,
): Promise<void> {
  await db
    .withTables<QaTables>()
    .updateTable('qa_attachment')
    .set({ ...ownerColumns(owner), comment, comment_folded: fold(comment) })
    .where('id', '=', id)
    .execute()
}

/** Takes files off their result; their contents become orphans unless something else refers to them. */
export async function deleteAttachments(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .withTables<QaTables>()
    .deleteFrom('qa_attachment')
    .where('id', 'in', [...ids])
    .execute()
}

function ownerColumns(owner: AttachmentOwner) {
  return owner.kind === 'temporary' ? NO_OWNER : { ...NO_OWNER, [OWNER_COLUMNS[owner.kind]]: owner.id }
}

export async function findAttachment(db: Database, id: number): Promise<Attachment | undefined> {
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_attachment')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toAttachment(row)
}

export async function findAttachmentByPath(db: Database, path: string): Promise<Attachment | undefined> {
  const row = await db
    .withTables<QaTables>()
    .selectFrom('qa_attachment')
    .selectAll()
    .where('path', '=', path)
    .executeTakeFirst()
  return row && toAttachment(row)
}

const OWNER_TABLES = {
  test: 'qa_test',
  testList: 'qa_test_list',
  testListCycle: 'qa_test_list_cycle',
  session: 'qa_session',
  result: 'qa_result',
  unit: 'qa_unit',
  serviceEvent: 'qa_service_event',
  part: 'qa_part',
  fault: 'qa_fault',
} as const

/** Whether there is such an owner; voided sessions count. */
export async function ownerExists(
  db: Database,
  kind: keyof typeof OWNER_TABLES,
  id: number,
): Promise<boolean> {
  const { rows } = await sql`select 1 as one from ${sql.table(OWNER_TABLES[kind])} where id = ${id}`.execute(
    db,
  )
  return rows.length > 0
}

/** Files of owners of one kind, oldest first: the original of an upload before what its analysis wrote. */
export async function findAttachmentsOf(
  db: Database,
  kind: keyof typeof OWNER_COLUMNS,
  ids: readonly number[],
): Promise<Attachment[]> {
  if (ids.length === 0) return []
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_attachment')
    .selectAll()
    .where(OWNER_COLUMNS[kind], 'in', [...ids])
    .orderBy('id')
    .execute()
  return rows.map(toAttachment)
}

/** Temporary attachments that nobody adopted. */
export async function findTemporaryBefore(db: Database, before: Date, limit: number): Promise<Attachment[]> {
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_attachment')
    .selectAll()
    .where((eb) => eb.and(Object.values(OWNER_COLUMNS).map((column) => eb(column, 'is', null))))
    .where('created_at', '<', before.toISOString())
    .orderBy('created_at')
    .limit(limit)
    .execute()
  return rows.map(toAttachment)
}

/** Which of the contents attachments refer to, for the sweep of orphans. */
export async function findReferredContents(db: Database, sha256: readonly string[]): Promise<Set<string>> {
  if (sha256.length === 0) return new Set()
  const rows = await db
    .withTables<QaTables>()
    .selectFrom('qa_attachment')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', [...sha256])
    .execute()
  return new Set(rows.map((row) => row.sha256))
}

function toAttachment(row: Selectable<QaTables['qa_attachment']>): Attachment {
  return {
    id: row.id,
    path: row.path,
    label: row.label,
    comment: row.comment,
    mediaType: row.media_type,
    sizeBytes: row.size,
    sha256: row.sha256,
    owner: ownerOf(row),
    createdAt: toInstant(row.created_at),
    createdById: row.created_by_id,
  }
}

const OWNER_KINDS = Object.keys(OWNER_COLUMNS) as (keyof typeof OWNER_COLUMNS)[]

function ownerOf(row: Selectable<QaTables['qa_attachment']>): AttachmentOwner {
  for (const kind of OWNER_KINDS) {
    const id = row[OWNER_COLUMNS[kind]]
    if (id !== null) return { kind, id }
  }
  return { kind: 'temporary' }
}
