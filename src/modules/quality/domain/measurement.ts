import type { Direction, Scale } from './catalogue/metric-type.ts'
import { combineValues } from './combine-values.ts'
import { type Entity, type EntityJudgements, ignoredValue, measuredAttribute } from './entity.ts'
import type { Metric } from './metric.ts'
import { type SourceItem, textOf } from './report-tree.ts'
import { type IssueState, type Status, statusOf } from './status.ts'

/** What one source said. */
export type SourceReading = {
  readonly sourceId: string
  /** whole number or version, as text; null where it could not be read */
  readonly value: string | null
  readonly total: string | null
  /** those kept, at most {@link MOST_ENTITIES} */
  readonly entities: readonly Entity[]
  readonly judgements: EntityJudgements
  readonly connectionError: string | null
  readonly parseError: string | null
  readonly infoMessage: string | null
  readonly apiUrl: string | null
  readonly landingUrl: string | null
}

/** A value on one scale, with what it was compared with. */
export type ScaleValue = {
  readonly value: string | null
  readonly status: Status | null
  /** since when the status is what it is, ISO-8601 */
  readonly statusStart: string
  readonly direction: Direction
  /** only of the scale that the metric is on */
  readonly targets?: {
    readonly target: string | null
    readonly nearTarget: string | null
    readonly debtTarget: string | null
  }
}

/** The state of an issue as its tracker gave it; what is not known is left out. */
export type IssueStatus = {
  readonly issueId: string
  readonly category: IssueState['category']
  readonly name?: string
  readonly summary?: string
  readonly created?: string
  readonly updated?: string
  readonly dueDate?: string
  readonly releaseName?: string
  readonly releaseReleased?: boolean
  readonly releaseDate?: string
  readonly sprintName?: string
  readonly sprintState?: string
  readonly sprintEndDate?: string
  readonly landingUrl?: string
  readonly apiUrl?: string
  readonly connectionError?: string
  readonly parseError?: string
}

export type Scales = Readonly<Partial<Record<Scale, ScaleValue>>>

/** What was known about a metric from `start` to `end`. */
export type Measurement = {
  readonly metricId: string
  readonly reportId: string
  readonly start: Date
  readonly end: Date
  readonly hasError: boolean
  readonly scales: Scales
  readonly sources: readonly SourceReading[]
  readonly issues: readonly IssueStatus[]
  /** of the parameters that were in force; null where another measurement followed */
  readonly parameterHash: string | null
  /** the change by which a person made it */
  readonly changeId: number | null
}

export type MeasuringCircumstances = { readonly now: Date; readonly today: string; readonly zone: string }

export type Judged = Pick<Measurement, 'scales' | 'hasError'>

/**
 * Values and statuses of a metric from what its sources said.
 *
 * @param sources the sources that the metric has now
 * @param before the measurement before, whose status may go on
 */
export function judge(
  metric: Metric,
  sources: readonly SourceItem[],
  readings: readonly SourceReading[],
  issues: readonly IssueState[],
  before: Pick<Measurement, 'scales'> | undefined,
  circumstances: MeasuringCircumstances,
): Judged {
  const hasError = readings.some(
    ({ connectionError, parseError }) => connectionError !== null || parseError !== null,
  )
  const isMeasurable = !hasError && fits(metric, sources, readings)
  const entries = metric.type.scales.map((scale) => {
    const value = isMeasurable ? valueOn(scale, metric, sources, readings, circumstances) : null
    const status = statusOf(value, { ...metric, scale }, { today: circumstances.today, issues })
    const earlier = before?.scales[scale]
    const goesOn = earlier !== undefined && earlier.status === status
    const { target, nearTarget, debtTarget } = metric
    const judged: ScaleValue = {
      value,
      status,
      statusStart: goesOn ? earlier.statusStart : circumstances.now.toISOString(),
      direction: metric.direction,
      ...(scale === metric.scale ? { targets: { target, nearTarget, debtTarget } } : {}),
    }
    return [scale, judged] as const
  })
  return { hasError, scales: Object.fromEntries(entries) }
}

/** A value counts only when every source is still the metric's own, is of a kind that can supply it, and has answered. */
function fits(metric: Metric, sources: readonly SourceItem[], readings: readonly SourceReading[]): boolean {
  const types = new Map(sources.map(({ id, attributes }) => [id, textOf(attributes, 'type') ?? '']))
  return (
    readings.length > 0 &&
    readings.every(
      ({ sourceId, value }) => value !== null && metric.type.sources.includes(types.get(sourceId) ?? ''),
    )
  )
}

function valueOn(
  scale: Scale,
  metric: Metric,
  sources: readonly SourceItem[],
  readings: readonly SourceReading[],
  { now, zone }: MeasuringCircumstances,
): string | null {
  const types = new Map(sources.map(({ id, attributes }) => [id, textOf(attributes, 'type') ?? '']))
  const contributions = readings.map(({ sourceId, value, total, entities, judgements }) => {
    const measured = measuredAttribute(types.get(sourceId) ?? '', metric.typeKey)
    return {
      value: value ?? '0',
      total,
      ignored: ignoredValue(entities, judgements, measured, { now, zone }),
    }
  })
  const { combine, direction: defaultDirection } = metric.type
  return combineValues(contributions, { scale, combine, direction: metric.direction, defaultDirection })
}

/** The value and status that count: those on the scale of the metric. */
export function chosenValue(
  { scale }: Pick<Metric, 'scale'>,
  measurement: Pick<Measurement, 'scales'> | undefined,
): ScaleValue | undefined {
  return measurement?.scales[scale]
}
