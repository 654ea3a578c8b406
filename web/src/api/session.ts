import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'
import { request } from './client.ts'
import { queryClient } from './query-client.ts'

export interface SignedInUser {
  readonly id: number | string
  readonly username: string
  readonly fullName: string
  readonly email: string
  /** Holds every permission, whatever `permissions` lists. */
  readonly isAdministrator?: boolean
  readonly permissions: readonly string[]
  /** Somebody else knows the password: it was set for this user. */
  readonly mustChangePassword?: boolean
}

export interface Site {
  readonly name: string
  /** IANA name of the zone in which days begin and end for the whole site. */
  readonly zone: string
  /** Whether the data is the demonstration laboratory. */
  readonly demo: boolean
  readonly version: string
}

export interface Session {
  readonly user: SignedInUser
  readonly site: Site
}

async function findSession(): Promise<Session | null> {
  try {
    return await request<Session>('/session', { onSignedOut: 'fail' })
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** The session of this browser, `null` when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: findSession,
  staleTime: 5 * 60_000,
})

export async function signIn(username: string, password: string): Promise<Session> {
  const body = { username, password }
  return begin(await request<Session>('/session', { method: 'POST', body, onSignedOut: 'fail' }))
}

/** Remembers a session that an answer has just started. */
export function begin(session: Session): Session {
  queryClient.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** Ends the session and forgets everything that was read with it. */
export async function signOut(): Promise<void> {
  await request<void>('/session', { method: 'DELETE', onSignedOut: 'fail' })
  queryClient.clear()
}

/** The signed-in user and the site. Only for pages inside the shell, which cannot be reached signed out. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery)
  if (data === null) throw new ApiError({ kind: 'not-authenticated', status: 401, message: 'Signed out.' })
  return data
}

/** Whether a user holds a permission such as `machine-qa.access`; without one to ask for, everybody does. */
export function holds(user: SignedInUser, permission: string | undefined): boolean {
  return permission === undefined || user.isAdministrator === true || user.permissions.includes(permission)
}

/** Whether the signed-in user holds a permission. Decides what is offered; the server decides what is done. */
export function usePermission(permission: string): boolean {
  return holds(useSession().user, permission)
}
