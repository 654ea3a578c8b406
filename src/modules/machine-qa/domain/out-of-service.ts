/** What the status of a service event says about its unit. */
export type ServiceMeaning = 'open' | 'done' | 'void'

/** Return-to-service QA as far as it has come; `completed` and `reviewed` are of the session that was performed for it. */
export type ReturnProgress = {
  readonly completed: Date | null
  readonly reviewed: boolean
}

/** What is known of a service event that may keep its unit out of service. */
export type ServiceFacts = {
  readonly meaning: ServiceMeaning
  readonly serviceAt: Date
  /** how long the unit could not be used, if anybody said */
  readonly lostTimeS: number | null
  readonly statusChangedAt: Date | null
  readonly returns: readonly ReturnProgress[]
}

/** From when until when a unit was out of service; `to` is null while it still is. */
export type OutOfServiceSpan = { readonly from: Date; readonly to: Date | null }

/**
 * The time for which an event keeps its unit out of service: until the last of its return-to-service QA was performed
 * (and all of it reviewed), or without any until the work is done. None where no service took place.
 */
export function outOfServiceSpan(event: ServiceFacts): OutOfServiceSpan | undefined {
  const { meaning, serviceAt: from, returns } = event
  if (meaning === 'void') return undefined
  if (returns.length > 0) return returned(from, returns)
  if (meaning === 'open') return { from, to: null }
  const to = endOfWork(event)
  return to > from ? { from, to } : undefined
}

function returned(from: Date, returns: readonly ReturnProgress[]): OutOfServiceSpan | undefined {
  let last = from
  for (const { completed, reviewed } of returns) {
    if (completed === null || !reviewed) return { from, to: null }
    if (completed > last) last = completed
  }
  return last > from ? { from, to: last } : undefined
}

function endOfWork({ serviceAt, lostTimeS, statusChangedAt }: ServiceFacts): Date {
  if (lostTimeS !== null) return new Date(serviceAt.getTime() + lostTimeS * 1000)
  return statusChangedAt ?? serviceAt
}

/** Whether a unit was out of service at an instant. */
export function isOutOfServiceAt(span: OutOfServiceSpan, at: Date): boolean {
  return span.from <= at && (span.to === null || at < span.to)
}
