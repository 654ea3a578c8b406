import type { Database } from '../../../platform/database/database.ts'
import { fold } from '../../../platform/database/fold.ts'
import type { DicomTables } from './tables.ts'

export type DeveloperProfile = {
  /** the empty text is a choice of its own on the wire */
  readonly purpose: string | null
  readonly organization: string | null
}

export type StoredDeveloper = DeveloperProfile & {
  readonly id: number
  readonly readQuota: number | null
  readonly generateQuota: number | null
}

export async function findDeveloper(db: Database, userId: number): Promise<StoredDeveloper | undefined> {
  const row = await db
    .withTables<DicomTables>()
    .selectFrom('dicom_developer')
    .select(['id', 'purpose', 'organization', 'read_quota', 'generate_quota'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      purpose: row.purpose,
      organization: row.organization,
      readQuota: row.read_quota,
      generateQuota: row.generate_quota,
    }
  )
}

/** Makes the profile of a user, or changes what is given of it. Two at the same time end in one row. */
export async function saveDeveloper(
  db: Database,
  userId: number,
  given: Partial<DeveloperProfile>,
  at: Date,
): Promise<void> {
  const { purpose = null, organization = null } = given
  const changed = {
    ...(given.purpose === undefined ? {} : { purpose }),
    ...(given.organization === undefined ? {} : { organization, organization_folded: foldOf(organization) }),
    modified_at: at,
    modified_by_id: userId,
  }
  await db
    .withTables<DicomTables>()
    .insertInto('dicom_developer')
    .values({
      user_id: userId,
      purpose,
      organization,
      organization_folded: foldOf(organization),
      created_at: at,
      created_by_id: userId,
      modified_at: at,
      modified_by_id: userId,
    })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet((eb) => ({ ...changed, version: eb('dicom_developer.version', '+', 1) })),
    )
    .execute()
}

function foldOf(text: string | null): string | null {
  return text === null ? null : fold(text)
}
