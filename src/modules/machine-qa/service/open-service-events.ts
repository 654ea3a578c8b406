import type { Context } from '../../../context.ts'
import { isOutOfServiceAt, outOfServiceSpan } from '../domain/out-of-service.ts'
import type { OpenServiceEvent } from '../domain/unit-state.ts'
import { findGatingEvents, type GatingEvent } from '../store/service-events.ts'

const LONGEST_TITLE = 80

/**
 * The events that keep units out of service at instants of a span of time, by unit; `at` picks those of one instant.
 * What was reviewed and which status was given counts as it is known now.
 */
export async function findOutOfService(
  ctx: Context,
  unitIds: readonly number[],
  span: { readonly from: Date; readonly to: Date },
): Promise<(unitId: number, at: Date) => readonly OpenServiceEvent[]> {
  const db = ctx.inTransaction ? ctx.db : ctx.database.reader
  const events = (await findGatingEvents(db, unitIds, span)).flatMap((event) => {
    const out = outOfServiceSpan(event)
    return out ? [{ ...event, out }] : []
  })
  const byUnit = Map.groupBy(events, ({ unitId }) => unitId)
  return (unitId, at) =>
    (byUnit.get(unitId) ?? []).filter(({ out }) => isOutOfServiceAt(out, at)).map(openEventOf)
}

function openEventOf({ id, problem, statusName, returns }: GatingEvent): OpenServiceEvent {
  const line = problem.replaceAll(/\s+/g, ' ').trim()
  const short = line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE)}…` : line
  return {
    id,
    title: `Service event ${id} (${short})`,
    isReturned: false,
    waitsFor: waitsFor(returns, statusName),
  }
}

function waitsFor(returns: GatingEvent['returns'], statusName: string): string {
  if (returns.length === 0) return statusName
  const missing = returns.filter(({ completed }) => completed === null).length
  if (missing > 0) return `return-to-service QA is not performed (${missing} of ${returns.length})`
  return 'return-to-service QA is not reviewed'
}
