import { asSystem, type Context } from '../../../context.ts'
import { actingUserId } from '../../../core/actor.ts'
import { compare } from '../../../core/query.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { userRecord } from '../../access/records/user.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { labContact } from '../records/lab-contact.ts'
import type { CertificateSigner } from './certificate.ts'

const LARGEST_SIGNATURE = 2 ** 20

/** Who verified the results, each once with the last time, and whoever authorises now. */
export async function findSigners(
  ctx: Context,
  analyses: readonly AnyRow[],
): Promise<readonly CertificateSigner[]> {
  const times = verificationTimes(analyses)
  const verifiers = times.size === 0 ? [] : await usersNamed(ctx, [...times.keys()])
  const ownId = actingUserId(ctx.actor)
  const own = ownId === null ? [] : await findRecords(asSystem(ctx, 'certificate'), userRecord, [ownId])
  const contacts = await contactsOf(ctx, [...verifiers, ...own])
  const byName = new Map(verifiers.map((row) => [String(row.username), row]))
  const verified = await Promise.all(
    [...times].map(([username, at]) => signer(ctx, 'verified', byName.get(username), contacts, username, at)),
  )
  const [author] = own
  return author
    ? [...verified, await signer(ctx, 'authorised', author, contacts, String(author.username), ctx.now())]
    : verified
}

function verificationTimes(analyses: readonly AnyRow[]): ReadonlyMap<string, Date | null> {
  const times = new Map<string, Date | null>()
  for (const { verificators, verifiedAt } of analyses) {
    for (const username of verificators as readonly string[]) {
      const known = times.get(username) ?? null
      const at = verifiedAt instanceof Date ? verifiedAt : null
      times.set(username, known !== null && (at === null || known > at) ? known : at)
    }
  }
  return times
}

async function usersNamed(ctx: Context, usernames: readonly string[]): Promise<readonly AnyRow[]> {
  const query = { where: compare('username', 'in', usernames), order: [], limit: usernames.length, offset: 0 }
  const { rows } = await listRecords(asSystem(ctx, 'certificate'), userRecord, query, {
    total: 'none',
    relations: 'none',
  })
  return rows
}

async function contactsOf(ctx: Context, users: readonly AnyRow[]): Promise<ReadonlyMap<unknown, AnyRow>> {
  if (users.length === 0) return new Map()
  const ids = users.map(({ id }) => id)
  const query = { where: compare('user', 'in', ids), order: [], limit: ids.length, offset: 0 }
  const { rows } = await listRecords(asSystem(ctx, 'certificate'), labContact, query, {
    total: 'none',
    relations: 'none',
  })
  return new Map(rows.map((row) => [row.user, row]))
}

async function signer(
  ctx: Context,
  role: CertificateSigner['role'],
  user: AnyRow | undefined,
  contacts: ReadonlyMap<unknown, AnyRow>,
  username: string,
  at: Date | null,
): Promise<CertificateSigner> {
  const contact = contacts.get(user?.id)
  const fullName = `${String(user?.firstName ?? '')} ${String(user?.lastName ?? '')}`.trim()
  const signature = contact?.signature
  return {
    role,
    name: contact ? String(contact.fullname) : fullName || username,
    jobTitle: typeof contact?.jobTitle === 'string' && contact.jobTitle !== '' ? contact.jobTitle : null,
    at,
    picture:
      typeof signature === 'string' && signature !== ''
        ? await ctx.blobs.read(signature, LARGEST_SIGNATURE)
        : null,
  }
}
