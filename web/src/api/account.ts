import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

/** A credential for programs. The secret itself is shown once, when it is made. */
export interface OwnToken {
  readonly id: number
  readonly name: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly expiresAt: string | null
}

export interface NewToken extends OwnToken {
  readonly secret: string
}

export const ownTokensQuery = queryOptions({
  queryKey: ['account', 'tokens'],
  queryFn: ({ signal }) => request<{ readonly items: readonly OwnToken[] }>('/account/tokens', { signal }),
})

export function createToken(name: string): Promise<NewToken> {
  return request<NewToken>('/account/tokens', { method: 'POST', body: { name } })
}

export function revokeToken(id: number): Promise<void> {
  return request<void>(`/account/tokens/${id}`, { method: 'DELETE' })
}

export function changePassword(current: string, next: string): Promise<void> {
  return request<void>('/account/password', { method: 'POST', body: { current, next } })
}

/** A browser or program in which the signed-in user is signed in. */
export interface OwnSession {
  readonly id: number
  readonly startedAt: string
  readonly lastSeenAt: string
  readonly address: string | null
  readonly userAgent: string | null
  /** The one that asks. */
  readonly isCurrent: boolean
}

export const ownSessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) =>
    request<{ readonly items: readonly OwnSession[] }>('/account/sessions', { signal }),
})

export function endSession(id: number): Promise<void> {
  return request<void>(`/account/sessions/${id}`, { method: 'DELETE' })
}

/** Ends every session but the one that asks. */
export function endOtherSessions(): Promise<void> {
  return request<void>('/account/sessions', { method: 'DELETE' })
}
