import { asSystem, type Context } from '../../context.ts'
import { RefusedError } from '../../core/refusal.ts'
import type { Access } from '../access/access.ts'
import { type BoundedMap, boundedMap } from '../access/bounded-map.ts'
import { createUser } from '../access/create-user.ts'
import { ROLE_GROUPS } from '../access/domain/role-groups.ts'
import { findGroupNamed } from './store/study-changes.ts'

export type NewDeveloper = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly password: string
}

const DEVELOPERS = ROLE_GROUPS.find(({ key }) => key === 'dicom.developer')?.name ?? ''

/** Registrations that one address may try in a minute: each costs the hash of a password. */
const MOST_A_MINUTE = 10
const MINUTE_MS = 60_000

/** When each address tried lately, for each site. */
const tried = new WeakMap<Access, BoundedMap<string, readonly number[]>>()

/**
 * Makes the account of somebody who registers for the DICOM API: with the rights of developers and no others, known by
 * e-mail address. Whether a site permits that is for the caller to know; so are the rules of passwords.
 *
 * @throws RefusedError `invalid-input` for `email` if it is taken; `too-many-attempts`
 */
export async function registerDeveloper(
  ctx: Context,
  access: Access,
  { email, firstName, lastName, password }: NewDeveloper,
): Promise<void> {
  limitAttempts(ctx, access)
  const system = asSystem(ctx, 'registration')
  const group = await findGroupNamed(ctx.db, DEVELOPERS)
  if (!group) throw new Error('The ready-made group of developers is gone.')
  await createUser(
    system,
    access,
    { username: email, email, firstName, lastName, password, groups: [group.id] },
    { password: 'unchecked' },
  )
}

function limitAttempts(ctx: Context, access: Access): void {
  const attempts = tried.get(access) ?? boundedMap(10_000)
  tried.set(access, attempts)
  const address = ctx.origin.address ?? ''
  const now = ctx.now().getTime()
  const lately = (attempts.get(address) ?? []).filter((at) => now - at < MINUTE_MS)
  const [first] = lately
  if (lately.length >= MOST_A_MINUTE && first !== undefined) {
    const retryAfterS = Math.max(1, Math.ceil((first + MINUTE_MS - now) / 1000))
    throw new RefusedError({ kind: 'too-many-attempts', retryAfterS })
  }
  attempts.set(address, [...lately, now])
}
