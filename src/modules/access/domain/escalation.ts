import type { Actor } from '../../../core/actor.ts'

/**
 * Nobody gains, or hands out, more than they hold. The rules say what an actor lacks: the code of a permission, or
 * one of the two below, which no group can grant.
 */
export const BEING_ADMINISTRATOR = 'access.administrator'
export const BEING_MEMBER = 'access.group.membership'

/** What decides whether someone may act on a user: who it is and what it may do. */
export type Subject = {
  readonly id: number
  readonly isAdministrator: boolean
  readonly permissions: ReadonlySet<string>
}

/** What is about to become of a user. */
export type UserChange = {
  /** absent for a new user */
  readonly subject: Subject | undefined
  readonly isAdministrator: 'unchanged' | 'changed'
  readonly isStaff: 'unchanged' | 'changed'
  /** given or taken away */
  readonly touchedGroups: ReadonlySet<number>
}

export type GroupChange = {
  /** absent for a new group, which is nobody's yet */
  readonly groupId: number | undefined
  /** given or taken away */
  readonly touchedPermissions: ReadonlySet<string>
  /** put in or taken out */
  readonly touchedUsers: ReadonlySet<number>
  /** what the group permits, before or after */
  readonly permissions: ReadonlySet<string>
}

/**
 * What the actor lacks to act on a user: change the account, its password, tokens or sessions. Whoever could take
 * over the account of someone who may do more would have gained what that one may do.
 */
export function lacksToActOn(actor: Actor, subject: Subject): string | undefined {
  if (isUnlimited(actor)) return undefined
  if (actor.kind === 'user' && actor.id === subject.id) return undefined
  if (subject.isAdministrator) return BEING_ADMINISTRATOR
  return firstNotHeld(actor, subject.permissions)
}

/** What the actor lacks to change a user so. */
export function lacksForUserChange(actor: Actor, change: UserChange): string | undefined {
  if (isUnlimited(actor)) return undefined
  const lacking = change.subject && lacksToActOn(actor, change.subject)
  if (lacking !== undefined) return lacking
  if (change.isAdministrator === 'changed' || change.isStaff === 'changed') return BEING_ADMINISTRATOR
  return [...change.touchedGroups].every((id) => isMember(actor, id)) ? undefined : BEING_MEMBER
}

/** What the actor lacks to change a group so. */
export function lacksForGroupChange(actor: Actor, change: GroupChange): string | undefined {
  if (isUnlimited(actor)) return undefined
  const lacking = firstNotHeld(actor, change.touchedPermissions) ?? firstNotHeld(actor, change.permissions)
  if (lacking !== undefined) return lacking
  const isForeign = change.groupId !== undefined && !isMember(actor, change.groupId)
  return isForeign && change.touchedUsers.size > 0 ? BEING_MEMBER : undefined
}

/** Which members two sets do not share: what was added, and what was taken away. */
export function touchedBy<T>(before: Iterable<T>, after: Iterable<T>): ReadonlySet<T> {
  return new Set(before).symmetricDifference(new Set(after))
}

function isUnlimited(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'user' && actor.isAdministrator)
}

function isMember(actor: Actor, groupId: number): boolean {
  return actor.kind === 'user' && actor.groupIds.includes(groupId)
}

function firstNotHeld(actor: Actor, permissions: ReadonlySet<string>): string | undefined {
  return [...permissions].find((code) => actor.kind !== 'user' || !actor.permissions.has(code))
}
