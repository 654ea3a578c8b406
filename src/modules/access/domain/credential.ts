import type { UserActor } from '../../../core/actor.ts'
import type { HeaderProblem } from './authorization-header.ts'

/** Why a request acts as nobody. Precise, so that each dialect can answer in its own documented words. */
export type CredentialProblem =
  /** nothing was presented, or only what nobody here knows */
  | 'none'
  | HeaderProblem
  | 'token-unknown'
  /** junk, expired, or signed by someone else */
  | 'jwt-invalid'
  /** a refresh token where an access token belongs */
  | 'jwt-wrong-type'
  | 'jwt-without-user'
  | 'user-not-found'
  | 'user-inactive'
  /** issued before the password was changed or everything was ended */
  | 'password-changed'
  | 'api-key-revoked'
  | 'api-key-expired'
  | 'basic-rejected'
  | 'too-many-attempts'
  /** a cookie that names no living session */
  | 'session-expired'

/** The credential that was good, as far as later verbs need to know it. */
export type Credential =
  | {
      readonly kind: 'session'
      readonly sessionId: number
      readonly secret: string
      readonly expiresAt: Date
    }
  | { readonly kind: 'token'; readonly tokenId: number }
  | { readonly kind: 'jwt' }
  | { readonly kind: 'api-key'; readonly keyId: number }
  | { readonly kind: 'basic' }

export type Authenticated = { readonly actor: UserActor; readonly credential: Credential }

export type Unauthenticated = {
  readonly problem: CredentialProblem
  /** what was presented and refused */
  readonly presented: Credential['kind'] | 'none'
  /** with `too-many-attempts` */
  readonly retryAfterS?: number
}

export type Resolved = Authenticated | Unauthenticated
