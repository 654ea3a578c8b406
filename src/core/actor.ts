/** How the caller proved who it is. */
export type CredentialKind =
  | 'none'
  | 'password'
  | 'session'
  | 'token'
  | 'jwt'
  | 'api-key'
  | 'basic'
  | 'system'

export type UserActor = {
  readonly kind: 'user'
  readonly id: number
  readonly username: string
  /** holds every permission */
  readonly isAdministrator: boolean
  readonly permissions: ReadonlySet<string>
  readonly groupIds: readonly number[]
}

export type Actor =
  | UserActor
  /** a declared job or a command of the operator; holds every permission */
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'anonymous' }

export const ANONYMOUS: Actor = { kind: 'anonymous' }

export function hasPermission(actor: Actor, permission: string): boolean {
  switch (actor.kind) {
    case 'user':
      return actor.isAdministrator || actor.permissions.has(permission)
    case 'system':
      return true
    case 'anonymous':
      return false
  }
}

/** The user behind the actor, for columns such as created_by; a system actor leaves them empty. */
export function actingUserId(actor: Actor): number | null {
  return actor.kind === 'user' ? actor.id : null
}
