export type WorkTimes = { readonly workStarted: Date; readonly workCompleted: Date }

const SHORTEST_SESSION_MS = 60_000

/** The completion to store: a minute later where it equals the start, so that a session always lasts some time. */
export function completionToStore({ workStarted, workCompleted }: WorkTimes): Date {
  if (workCompleted.getTime() !== workStarted.getTime()) return workCompleted
  return new Date(workCompleted.getTime() + SHORTEST_SESSION_MS)
}

/** Why the times of a submission contradict each other; equal times do not. */
export function workTimesProblem({ workStarted, workCompleted }: WorkTimes): string | undefined {
  return workCompleted < workStarted ? 'work_completed date must be after work_started' : undefined
}
