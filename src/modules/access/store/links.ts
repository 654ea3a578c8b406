import type { Database } from '../../../platform/database/database.ts'
import type { AccessTables } from './tables.ts'

/** What a link is for: choosing the first password, a new one, or making the first administrator. */
export type LinkPurpose = 'invitation' | 'password-reset' | 'set-up'

export type Link = {
  readonly id: number
  readonly purpose: LinkPurpose
  /** absent for the link of the first administrator */
  readonly userId: number | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export type NewLink = Omit<Link, 'id'> & { readonly secretHash: string }

export async function insertLink(db: Database, link: NewLink): Promise<void> {
  await db
    .withTables<AccessTables>()
    .insertInto('access_link')
    .values({
      secret_hash: link.secretHash,
      purpose: link.purpose,
      user_id: link.userId,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .execute()
}

/** An unused link that has not expired. */
export async function findLivingLink(db: Database, secretHash: string, now: Date): Promise<Link | undefined> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_link')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      purpose: toPurpose(row.purpose),
      userId: row.user_id,
      createdAt: new Date(row.created_at),
      expiresAt: new Date(row.expires_at),
    }
  )
}

/** @returns whether it was unused, so that of two uses at once one wins */
export async function saveLinkUsed(db: Database, id: number, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .withTables<AccessTables>()
    .updateTable('access_link')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Makes every unused link of a user, or all for the first administrator, useless. */
export async function saveLinksUsedOf(db: Database, userId: number | null, at: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .updateTable('access_link')
    .set({ used_at: at })
    .where('used_at', 'is', null)
    .where((eb) => (userId === null ? eb('purpose', '=', 'set-up') : eb('user_id', '=', userId)))
    .execute()
}

export async function countLinksSince(db: Database, userId: number, since: Date): Promise<number> {
  const row = await db
    .withTables<AccessTables>()
    .selectFrom('access_link')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('created_at', '>', since.toISOString())
    .executeTakeFirstOrThrow()
  return row.count
}

export async function deleteLinksExpiredBefore(db: Database, before: Date): Promise<void> {
  await db
    .withTables<AccessTables>()
    .deleteFrom('access_link')
    .where('expires_at', '<', before.toISOString())
    .execute()
}

function toPurpose(text: string): LinkPurpose {
  if (text === 'invitation' || text === 'password-reset' || text === 'set-up') return text
  throw new Error(`a stored link has the unknown purpose ${text}`)
}
