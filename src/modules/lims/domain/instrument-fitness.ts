/** Whether an instrument may be measured with; the words are those of equipment, worst first. */
export const FITNESS_STATES = ['out-of-service', 'failed', 'overdue', 'unknown', 'ok'] as const
export type FitnessState = (typeof FITNESS_STATES)[number]

export type FitnessReason = { readonly state: FitnessState; readonly text: string }

/** What is known of an instrument at an instant. */
export type InstrumentFitness = { readonly state: FitnessState; readonly reasons: readonly FitnessReason[] }

/** A time from one instant to another; without an end it lasts. */
export type Downtime = {
  readonly what: 'calibration' | 'validation' | 'maintenance'
  readonly title: string
  readonly from: Date | null
  readonly to: Date | null
  /** maintenance that was ended by hand */
  readonly isClosed: boolean
}

export type Certificate = { readonly title: string; readonly validFrom: Date; readonly validTo: Date }

export type InstrumentFacts = {
  readonly isSetAside: boolean
  readonly certificates: readonly Certificate[]
  readonly downtimes: readonly Downtime[]
  /** services whose last control on this instrument was out of its range */
  readonly failedControls: readonly string[]
}

/**
 * Whether an instrument is fit for use at an instant: not set aside, not being worked on, its certificate valid, and its
 * last controls within their ranges. One that never had a certificate is unknown rather than overdue.
 *
 * @see specification 2.2.10
 */
export function instrumentFitness(facts: InstrumentFacts, at: Date): InstrumentFitness {
  const reasons: readonly FitnessReason[] = [
    ...(facts.isSetAside
      ? [{ state: 'out-of-service', text: 'Out of use until its next calibration test' } as const]
      : []),
    ...facts.downtimes.flatMap((downtime) => downtimeReason(downtime, at)),
    ...facts.failedControls.map(
      (keyword) => ({ state: 'failed', text: `The last control of ${keyword} was out of range` }) as const,
    ),
    certificateReason(facts.certificates, at),
  ]
  const sorted = reasons.toSorted((a, b) => FITNESS_STATES.indexOf(a.state) - FITNESS_STATES.indexOf(b.state))
  const state = sorted[0]?.state ?? 'ok'
  return { state, reasons: sorted.filter((reason) => state === 'ok' || reason.state !== 'ok') }
}

function downtimeReason({ what, title, from, to, isClosed }: Downtime, at: Date): readonly FitnessReason[] {
  const isOver = isClosed || (to !== null && to < at)
  // calibrations and validations without an end are facts about a day, not times out of use
  const lasts = what === 'maintenance' || to !== null
  if (from === null || from > at || isOver || !lasts) return []
  return [{ state: 'out-of-service', text: `In ${what}: ${title}` }]
}

/** Of all certificates that had begun the one that lasts longest counts. */
function certificateReason(certificates: readonly Certificate[], at: Date): FitnessReason {
  const begun = certificates.filter(({ validFrom }) => validFrom <= at)
  const last = begun.toSorted((a, b) => b.validTo.getTime() - a.validTo.getTime())[0]
  if (certificates.length === 0) return { state: 'unknown', text: 'No certificate is recorded' }
  if (!last) return { state: 'overdue', text: 'No certificate was valid yet' }
  const day = last.validTo.toISOString().slice(0, 10)
  return last.validTo < at
    ? { state: 'overdue', text: `Certificate ${last.title} ended ${day}` }
    : { state: 'ok', text: `Certificate ${last.title} is valid until ${day}` }
}

/** States in which a laboratory that blocks refuses routine results. */
export function isUnfit({ state }: Pick<InstrumentFitness, 'state'>): boolean {
  return state === 'out-of-service' || state === 'failed' || state === 'overdue'
}
