import { randomUUID } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { Context } from '../../context.ts'
import type { Access } from './access.ts'
import type { Account } from './domain/account.ts'
import { isJwtFamily, JWT_LIFETIMES, type JwtFamily } from './domain/jwt-family.ts'

export type JwtType = 'access' | 'refresh'

/** What a JWT of ours says. Claims that are missing are undefined: earlier installations may have signed it. */
export type JwtClaims = {
  readonly type: string | undefined
  readonly userId: number | undefined
  readonly issuedAtS: number | undefined
  readonly family: JwtFamily | undefined
}

export type JwtReading =
  | { readonly kind: 'valid'; readonly claims: JwtClaims }
  /** signed by us, but its time is over */
  | { readonly kind: 'expired'; readonly claims: JwtClaims }
  /** junk, or signed by someone else */
  | { readonly kind: 'foreign' }

/** Longer ones are none of ours. */
const LONGEST_JWT = 4096

/** Signs a JWT (RFC 7519, HS256) with the claims of its family in the documented order. */
export function signJwt(
  ctx: Context,
  access: Access,
  account: Account,
  family: JwtFamily,
  type: JwtType,
): Promise<string> {
  const iat = Math.floor(ctx.now().getTime() / 1000)
  const { accessS, refreshS } = JWT_LIFETIMES[family]
  const claims = {
    token_type: type,
    exp: iat + (type === 'access' ? accessS : refreshS),
    iat,
    jti: randomUUID().replaceAll('-', ''),
    user_id: account.id,
    ...(family === 'dicom' ? { first_name: account.firstName, last_name: account.lastName } : {}),
    // whose error texts answer a bad one
    fam: family,
  }
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(access.keys.derive('jwt'))
}

export async function readJwt(ctx: Context, access: Access, jwt: string): Promise<JwtReading> {
  if (jwt.length > LONGEST_JWT) return { kind: 'foreign' }
  try {
    const options = { algorithms: ['HS256'], currentDate: ctx.now(), requiredClaims: ['exp'] }
    const { payload } = await jwtVerify(jwt, access.keys.derive('jwt'), options)
    return { kind: 'valid', claims: claimsOf(payload) }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { kind: 'expired', claims: claimsOf(error.payload) }
    if (error instanceof errors.JOSEError) return { kind: 'foreign' }
    throw error
  }
}

function claimsOf(payload: JWTPayload): JwtClaims {
  const { token_type: type, user_id: userId, fam: family } = payload
  return {
    type: typeof type === 'string' ? type : undefined,
    userId: typeof userId === 'number' && Number.isSafeInteger(userId) ? userId : undefined,
    issuedAtS: payload.iat,
    family: isJwtFamily(family) ? family : undefined,
  }
}
