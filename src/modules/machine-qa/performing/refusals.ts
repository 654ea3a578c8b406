import { invalidInput, RefusedError } from '../../../core/refusal.ts'

/** Why a session cannot be stored at all while no status is the default one. */
export const NO_STATUS_AVAILABLE = 'No test instance status available'

export const USER_KEY_TAKEN = 'test list instance with this user key already exists.'

/** A refusal of the submission as a whole: the first of several checks that stop at once. */
export function refuseSubmission(problem: string): RefusedError {
  return invalidInput('non_field_errors', problem)
}

export function refuseForLackOfStatus(): RefusedError {
  return new RefusedError({ kind: 'conflict', reason: NO_STATUS_AVAILABLE })
}

export function refuseTakenUserKey(): RefusedError {
  return new RefusedError({ kind: 'conflict', field: 'user_key', reason: USER_KEY_TAKEN })
}
