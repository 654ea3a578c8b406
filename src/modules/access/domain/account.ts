import type { UserActor } from '../../../core/actor.ts'

/** A user as the credentials see it: names for claims and greetings, and what decides whether it may act. */
export type Account = {
  readonly id: number
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly isActive: boolean
  readonly isStaff: boolean
  /** what was issued or remembered before this instant counts no longer: the password changed, or all was ended */
  readonly credentialsValidFrom: Date | null
  readonly actor: UserActor
}

/** The account as an API key may act: nothing but DICOM, and nothing of it by being an administrator. */
export function actorOfApiKey({ actor }: Account): UserActor {
  const permissions = new Set([...actor.permissions].filter((code) => code.startsWith('dicom.')))
  return { ...actor, isAdministrator: false, permissions }
}

/** Whether something issued then still counts. JWTs know whole seconds only, so the second itself does. */
export function isIssuedInTime({ credentialsValidFrom }: Account, issuedAtS: number): boolean {
  return credentialsValidFrom === null || issuedAtS >= Math.floor(credentialsValidFrom.getTime() / 1000)
}

/** How a person is addressed. */
export function fullNameOf({ firstName, lastName, username }: Account): string {
  return `${firstName} ${lastName}`.trim() || username
}
