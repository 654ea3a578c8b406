import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

/** A credential for programs. The secret itself is shown once, when it is made. */
export interface Token {
  readonly id: number
  readonly name: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly expiresAt: string | null
}

export interface NewToken extends Token {
  readonly secret: string
}

/** Whose credentials: the signed-in user's own, or those of a user by id, for administrators. */
export type Holder = 'own' | number

function pathOf(holder: Holder): string {
  return holder === 'own' ? '/account' : `/accounts/${holder}`
}

export function tokensQuery(holder: Holder) {
  return queryOptions({
    queryKey: ['account', holder, 'tokens'],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly Token[] }>(`${pathOf(holder)}/tokens`, { signal }),
  })
}

export function createToken(holder: Holder, name: string): Promise<NewToken> {
  return request<NewToken>(`${pathOf(holder)}/tokens`, { method: 'POST', body: { name } })
}

export function revokeToken(holder: Holder, id: number): Promise<void> {
  return request<void>(`${pathOf(holder)}/tokens/${id}`, { method: 'DELETE' })
}

export function changePassword(current: string, next: string): Promise<void> {
  return request<void>('/account/password', { method: 'POST', body: { current, next } })
}

/** A browser or program in which somebody is signed in. */
export interface LivingSession {
  readonly id: number
  readonly startedAt: string
  readonly lastSeenAt: string
  readonly address: string | null
  readonly userAgent: string | null
  /** The one that asks. */
  readonly isCurrent: boolean
}

export function sessionsQuery(holder: Holder) {
  return queryOptions({
    queryKey: ['account', holder, 'sessions'],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly LivingSession[] }>(`${pathOf(holder)}/sessions`, { signal }),
  })
}

export function endSession(holder: Holder, id: number): Promise<void> {
  return request<void>(`${pathOf(holder)}/sessions/${id}`, { method: 'DELETE' })
}

/** Ends every session but the one that asks. */
export function endOtherSessions(holder: Holder): Promise<void> {
  return request<void>(`${pathOf(holder)}/sessions`, { method: 'DELETE' })
}

/** What became of an invitation: mailed, or a link to be passed on where no mail is set up. */
export type Invitation =
  | { readonly kind: 'mailed'; readonly to: string }
  | { readonly kind: 'to-pass-on'; readonly link: string }

export async function inviteAgain(userId: number): Promise<Invitation> {
  const answer = await request<{ readonly invitation: Invitation }>(`/accounts/${userId}/invitation`, {
    method: 'POST',
  })
  return answer.invitation
}

export function setPasswordOf(userId: number, password: string): Promise<void> {
  return request<void>(`/accounts/${userId}/password`, { method: 'POST', body: { password } })
}
