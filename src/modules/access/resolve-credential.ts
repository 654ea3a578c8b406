import type { Context } from '../../context.ts'
import { equalInConstantTime, hashSecret } from '../../platform/crypto/hash-secret.ts'
import type { Access } from './access.ts'
import { authenticateBasic } from './authenticate-basic.ts'
import { type Account, actorOfApiKey, isIssuedInTime } from './domain/account.ts'
import { API_KEY_PATTERN, parseAuthorization } from './domain/authorization-header.ts'
import type { Credential, CredentialProblem, Resolved } from './domain/credential.ts'
import { findAccount } from './find-account.ts'
import { findSession, LAST_USE_PRECISION_MS } from './find-session.ts'
import { readJwt } from './json-web-token.ts'
import { findApiKeyByPrefix, saveApiKeyUsed } from './store/api-keys.ts'
import { findTokenByHash, saveTokenUsed } from './store/tokens.ts'

/** Every name under which the cookie of a session may come; the value is the same under all of them. */
export const SESSION_COOKIES = ['touchstone_session', 'session_id', '__ac'] as const

/** What a request presents, as it came. */
export type Presented = {
  /** the header, one character for each byte */
  readonly authorization?: string | undefined
  readonly cookies?: Readonly<Record<string, string | undefined>> | undefined
  /** only one dialect accepts HTTP Basic; for the others it is as if nothing had come */
  readonly basic?: 'accepted' | 'ignored'
}

/**
 * Who makes a request, by whichever credential it presents: the header first, then the cookie of a session. A
 * header that is present but bad fails at once; one of a scheme that nobody here knows is ignored.
 */
export async function resolveCredential(
  ctx: Context,
  access: Access,
  presented: Presented,
): Promise<Resolved> {
  const header = parseAuthorization(presented.authorization)
  switch (header.kind) {
    case 'token':
      return (await resolveToken(ctx, access, header.token)) ?? refused('token-unknown', 'token')
    case 'bearer':
      return resolveBearer(ctx, access, header.jwt)
    case 'api-key':
      return resolveApiKey(ctx, access, header.key)
    case 'basic':
      return presented.basic === 'accepted'
        ? resolveBasic(ctx, access, header)
        : resolveCookies(ctx, access, presented.cookies ?? {})
    case 'malformed':
      if (header.problem !== 'basic-malformed' || presented.basic === 'accepted') {
        return refused(header.problem, schemeOf(header.problem))
      }
      return resolveCookies(ctx, access, presented.cookies ?? {})
    case 'none':
      return resolveCookies(ctx, access, presented.cookies ?? {})
  }
}

async function resolveToken(ctx: Context, access: Access, token: string): Promise<Resolved | undefined> {
  const found = await findTokenByHash(ctx.db, hashSecret(token))
  const now = ctx.now()
  if (!found || found.token.revokedAt || (found.token.expiresAt && found.token.expiresAt <= now))
    return undefined
  const { id, userId, lastUsedAt } = found.token
  const account = await findAccount(ctx, access, userId, found.epoch)
  if (!account?.isActive) return refused('user-inactive', 'token')
  const usedBefore = new Date(now.getTime() - LAST_USE_PRECISION_MS)
  if (!lastUsedAt || lastUsedAt < usedBefore) await saveTokenUsed(ctx.db, id, now, usedBefore)
  return accepted(account, { kind: 'token', tokenId: id })
}

/** A JWT, or for one dialect a token of the product under this word. */
async function resolveBearer(ctx: Context, access: Access, jwt: string): Promise<Resolved> {
  if (/^[0-9a-f]{40}$/.test(jwt)) {
    return (await resolveToken(ctx, access, jwt)) ?? refused('jwt-invalid', 'jwt')
  }
  const reading = await readJwt(ctx, access, jwt)
  if (reading.kind !== 'valid') return refused('jwt-invalid', 'jwt')
  const { type, userId, issuedAtS = 0 } = reading.claims
  if (type !== 'access') return refused('jwt-wrong-type', 'jwt')
  if (userId === undefined) return refused('jwt-without-user', 'jwt')
  const account = await findAccount(ctx, access, userId)
  if (!account) return refused('user-not-found', 'jwt')
  if (!account.isActive) return refused('user-inactive', 'jwt')
  if (!isIssuedInTime(account, issuedAtS)) return refused('password-changed', 'jwt')
  return accepted(account, { kind: 'jwt' })
}

async function resolveApiKey(ctx: Context, access: Access, text: string): Promise<Resolved> {
  const [, prefix = '', secret = ''] = API_KEY_PATTERN.exec(text) ?? []
  const found = await findApiKeyByPrefix(ctx.db, prefix)
  // the comparison comes first: who does not know the secret learns nothing about the key
  if (!found || !equalInConstantTime(found.secretHash, hashSecret(secret))) {
    return refused('api-key-invalid', 'api-key')
  }
  const now = ctx.now()
  const { id, userId, revokedAt, expiresAt, lastUsedAt } = found.key
  if (revokedAt) return refused('api-key-revoked', 'api-key')
  if (expiresAt && expiresAt <= now) return refused('api-key-expired', 'api-key')
  const account = await findAccount(ctx, access, userId, found.epoch)
  if (!account?.isActive) return refused('user-inactive', 'api-key')
  const usedBefore = new Date(now.getTime() - LAST_USE_PRECISION_MS)
  if (!lastUsedAt || lastUsedAt < usedBefore) await saveApiKeyUsed(ctx.db, id, now, usedBefore)
  return { actor: actorOfApiKey(account), credential: { kind: 'api-key', keyId: id } }
}

async function resolveBasic(
  ctx: Context,
  access: Access,
  given: { readonly username: string; readonly password: string },
): Promise<Resolved> {
  const answer = await authenticateBasic(ctx, access, given)
  switch (answer.kind) {
    case 'accepted':
      return accepted(answer.account, { kind: 'basic' })
    case 'rejected':
      return refused('basic-rejected', 'basic')
    case 'limited':
      return { ...refused('too-many-attempts', 'basic'), retryAfterS: answer.retryAfterS }
  }
}

async function resolveCookies(
  ctx: Context,
  access: Access,
  cookies: Readonly<Record<string, string | undefined>>,
): Promise<Resolved> {
  const given = SESSION_COOKIES.flatMap((name) => cookies[name] ?? [])
  // some clients send the value back in the double quotes that an old server wrote around it
  for (const secret of new Set(given.map((value) => value.replace(/^"(.*)"$/, '$1')))) {
    const found = await findSession(ctx, secret)
    const account = found && (await findAccount(ctx, access, found.session.userId, found.epoch))
    if (found && account?.isActive) {
      const { id, expiresAt } = found.session
      return accepted(account, { kind: 'session', sessionId: id, secret, expiresAt })
    }
  }
  return given.length > 0 ? refused('session-expired', 'session') : refused('none', 'none')
}

function schemeOf(problem: CredentialProblem): Credential['kind'] {
  if (problem.startsWith('token')) return 'token'
  if (problem.startsWith('bearer')) return 'jwt'
  return problem.startsWith('basic') ? 'basic' : 'api-key'
}

function accepted({ actor }: Account, credential: Credential): Resolved {
  return { actor, credential }
}

function refused(problem: CredentialProblem, presented: Credential['kind'] | 'none') {
  return { problem, presented } as const
}
