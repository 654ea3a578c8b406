import { createHash } from 'node:crypto'
import { newMetric } from '../../modules/quality/domain/metric.ts'
import { newSource } from '../../modules/quality/domain/new-source.ts'
import type {
  Attributes,
  MetricItem,
  ReportTree,
  SubjectItem,
} from '../../modules/quality/domain/report-tree.ts'

/** How a value of the demonstration went over the days. */
export type DemoSeries = {
  readonly from: number
  readonly to: number
  /** standard deviation of a day */
  readonly noise?: number
  readonly total?: number
  /** what kind of entities the source counted, by the key of a maker */
  readonly entities?: 'warnings' | 'issues' | 'tests'
  /** as a version: the minor number grows */
  readonly isVersion?: boolean
  /** days ago on which the source did not answer */
  readonly outage?: readonly number[]
}

export type DemoMetric = {
  readonly id?: string
  readonly type: string
  readonly attributes?: Attributes
  readonly source?: { readonly type: string; readonly name?: string; readonly parameters: Attributes }
  /** absent where the laboratory itself is asked */
  readonly series?: DemoSeries
}

export type DemoSubject = {
  readonly type: string
  readonly name: string
  readonly metrics: readonly DemoMetric[]
}

export type DemoReport = {
  readonly id: string
  readonly attributes: Attributes & { readonly title: string }
  readonly subjects: readonly DemoSubject[]
}

/** A report as it is stored, with ids that are the same on every run. */
export function reportTreeOf({ id, attributes, subjects }: DemoReport): ReportTree {
  return { id, attributes, subjects: subjects.map((subject) => subjectOf(id, subject)) }
}

function subjectOf(reportId: string, { type, name, metrics }: DemoSubject): SubjectItem {
  const id = uuidOf(reportId, name)
  return {
    id,
    attributes: { type, name },
    metrics: metrics.map((metric, index) => metricOf(uuidOf(id, String(index)), metric)),
  }
}

function metricOf(ownId: string, { id = ownId, type, attributes = {}, source }: DemoMetric): MetricItem {
  return {
    id,
    attributes: { ...newMetric(type), ...attributes },
    sources: source
      ? [
          {
            id: uuidOf(id, source.type),
            attributes: {
              ...newSource(source.type, type),
              ...(source.name === undefined ? {} : { name: source.name }),
              parameters: { ...parametersOf(newSource(source.type, type)), ...source.parameters },
            },
          },
        ]
      : [],
  }
}

function parametersOf({ parameters }: Attributes): Attributes {
  return typeof parameters === 'object' && parameters !== null ? { ...parameters } : {}
}

/** A UUID of version 4 in form that follows from words. */
export function uuidOf(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\0')).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
