import type { CalendarDay } from '../../../core/calendar.ts'

/** Whether equipment is fit for use, worst first; the words are those of a unit's QA state. */
export const EQUIPMENT_STATES = [
  'out-of-service',
  'failed',
  'overdue',
  'tolerance',
  'unreviewed',
  'unknown',
  'ok',
] as const

export type EquipmentState = (typeof EQUIPMENT_STATES)[number]

export type EquipmentReason = { readonly state: EquipmentState; readonly text: string }

/** What is known about one piece of equipment at an instant. */
export type EquipmentFinding = {
  readonly state: EquipmentState
  /** worst first */
  readonly reasons: readonly EquipmentReason[]
}

/** The worst of several findings with all their reasons; `unknown` if there is none. */
export function worstFinding(findings: readonly EquipmentFinding[]): EquipmentFinding {
  const [worst] = findings.map(({ state }) => state).toSorted(byBadness)
  if (worst === undefined) {
    return { state: 'unknown', reasons: [{ state: 'unknown', text: 'Nothing decides about this equipment' }] }
  }
  const reasons = findings.flatMap((finding) => finding.reasons)
  const shown = worst === 'ok' ? reasons : reasons.filter(({ state }) => state !== 'ok')
  return { state: worst, reasons: shown.toSorted((left, right) => byBadness(left.state, right.state)) }
}

function byBadness(left: EquipmentState, right: EquipmentState): number {
  return EQUIPMENT_STATES.indexOf(left) - EQUIPMENT_STATES.indexOf(right)
}

/** What the time in service says: nothing while it lasts. */
export function serviceFinding(
  { from, to }: { readonly from: CalendarDay | null; readonly to: CalendarDay | null },
  day: CalendarDay,
): EquipmentFinding | undefined {
  const state = 'out-of-service'
  if (from !== null && day < from) {
    return { state, reasons: [{ state, text: `Not in service before ${from}` }] }
  }
  if (to !== null && day > to) return { state, reasons: [{ state, text: `Not in service after ${to}` }] }
  return undefined
}
