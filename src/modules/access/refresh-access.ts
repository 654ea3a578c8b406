import type { Context } from '../../context.ts'
import type { Access } from './access.ts'
import { isIssuedInTime } from './domain/account.ts'
import type { JwtFamily } from './domain/jwt-family.ts'
import { findAccount } from './find-account.ts'
import { readJwt, signJwt } from './json-web-token.ts'

export type RefreshAnswer =
  | { readonly kind: 'refreshed'; readonly access: string; readonly family: JwtFamily }
  | {
      readonly kind: 'refused'
      /** `no-account`: the user is gone, inactive, or has changed the password since */
      readonly problem: 'invalid' | 'wrong-type' | 'no-account'
      /** of a token that we signed, also an expired one */
      readonly family: JwtFamily | undefined
    }

/** A new access token for a refresh token, which stays as it is: neither family rotates. */
export async function refreshAccess(
  ctx: Context,
  access: Access,
  refreshToken: string,
): Promise<RefreshAnswer> {
  const reading = await readJwt(ctx, access, refreshToken)
  if (reading.kind === 'foreign') return { kind: 'refused', problem: 'invalid', family: undefined }
  const { type, userId, issuedAtS = 0, family } = reading.claims
  const refused = (problem: 'invalid' | 'wrong-type' | 'no-account') =>
    ({ kind: 'refused', problem, family }) as const
  if (reading.kind === 'expired') return refused('invalid')
  if (type !== 'refresh') return refused('wrong-type')
  const account = userId === undefined ? undefined : await findAccount(ctx, access, userId)
  if (!account?.isActive || !isIssuedInTime(account, issuedAtS)) return refused('no-account')
  const own = family ?? 'dmlf'
  return { kind: 'refreshed', access: await signJwt(ctx, access, account, own, 'access'), family: own }
}
