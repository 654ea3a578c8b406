import { request } from './client.ts'
import type { Session } from './session.ts'

/** What a link from a mail, or from the first start, is for. */
export interface LinkStanding {
  readonly purpose: 'invitation' | 'password-reset' | 'set-up'
  readonly username: string | null
  readonly expiresAt: string
}

export interface FirstAdministrator {
  readonly username: string
  readonly password: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

/** Asks for a mail with a link. The answer never tells whether the address belongs to anybody. */
export function requestPasswordReset(email: string): Promise<void> {
  return request<void>('/password-reset', { method: 'POST', body: { email }, onSignedOut: 'fail' })
}

/** @throws ApiError `not-found` for a link that is unknown, used or expired */
export function inspectLink(secret: string): Promise<LinkStanding> {
  return request<LinkStanding>('/link', { method: 'POST', body: { secret }, onSignedOut: 'fail' })
}

/** Chooses a password by a link and signs in. */
export function choosePassword(secret: string, password: string): Promise<Session> {
  const body = { secret, password }
  return request<Session>('/choose-password', { method: 'POST', body, onSignedOut: 'fail' })
}

/** Makes the first administrator of a new site and signs in. */
export function setUp(secret: string, person: FirstAdministrator): Promise<Session> {
  const email = person.email === '' ? null : person.email
  const body = { secret, ...person, email }
  return request<Session>('/set-up', { method: 'POST', body, onSignedOut: 'fail' })
}
