import type { Entity } from '../../modules/quality/domain/entity.ts'
import type {
  IssueStatus,
  Measurement,
  ScaleValue,
  SourceReading,
} from '../../modules/quality/domain/measurement.ts'
import { wireTimestamp, wireTimestampText } from './timestamps.ts'

/** A measurement with or without what its sources found. */
export type PresentedMeasurement = Omit<Measurement, 'sources'> & {
  readonly id: number
  readonly sources: readonly (Omit<SourceReading, 'entities'> & { readonly entities?: readonly Entity[] })[]
}

export type MeasurementDelta = {
  readonly description: string
  readonly email: string
  readonly uuids: readonly string[]
}

/** @param showsIssues whether the statuses of issues are part of it */
export function presentMeasurement(
  measurement: PresentedMeasurement,
  {
    delta,
    showsIssues,
    showsId = true,
  }: {
    readonly delta?: MeasurementDelta | undefined
    readonly showsIssues: boolean
    readonly showsId?: boolean
  },
) {
  const { id, metricId, reportId, start, end, hasError, scales, sources, issues, parameterHash } = measurement
  return {
    ...(showsId ? { _id: id.toString(16).padStart(24, '0') } : {}),
    metric_uuid: metricId,
    report_uuid: reportId,
    start: wireTimestamp(start),
    end: wireTimestamp(end),
    has_error: hasError,
    ...Object.fromEntries(Object.entries(scales).map(([scale, value]) => [scale, presentScale(value)])),
    sources: sources.map(presentSource),
    ...(showsIssues ? { issue_status: issues.map(presentIssue) } : {}),
    ...(parameterHash === null ? {} : { source_parameter_hash: parameterHash }),
    ...(delta === undefined ? {} : { delta }),
  }
}

function presentScale({ value, status, statusStart, direction, targets }: ScaleValue) {
  return {
    value,
    status,
    status_start: wireTimestampText(statusStart),
    direction,
    ...(targets
      ? { target: targets.target, near_target: targets.nearTarget, debt_target: targets.debtTarget }
      : {}),
  }
}

function presentSource(source: PresentedMeasurement['sources'][number]) {
  return {
    source_uuid: source.sourceId,
    value: source.value,
    total: source.total,
    ...(source.entities ? { entities: source.entities.map(presentEntity) } : {}),
    entity_user_data: source.judgements,
    connection_error: source.connectionError,
    parse_error: source.parseError,
    ...(source.infoMessage === null ? {} : { info_message: source.infoMessage }),
    api_url: source.apiUrl,
    landing_url: source.landingUrl,
  }
}

function presentEntity({ first_seen, ...entity }: Entity) {
  return first_seen === undefined ? entity : { ...entity, first_seen: wireTimestampText(first_seen) }
}

export function presentIssue(issue: IssueStatus) {
  const fields = {
    issue_id: issue.issueId,
    name: issue.name,
    summary: issue.summary,
    status_category: issue.category,
    created: issue.created,
    updated: issue.updated,
    duedate: issue.dueDate,
    release_name: issue.releaseName,
    release_released: issue.releaseReleased,
    release_date: issue.releaseDate,
    sprint_name: issue.sprintName,
    sprint_state: issue.sprintState,
    sprint_enddate: issue.sprintEndDate,
    landing_url: issue.landingUrl,
    api_url: issue.apiUrl,
    connection_error: issue.connectionError,
    parse_error: issue.parseError,
  }
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  )
}
