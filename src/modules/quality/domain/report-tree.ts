/** The attributes of an item as they are stored: those we know and those a file brought along. */
export type Attributes = Readonly<Record<string, unknown>>

export type ItemKind = 'overview' | 'report' | 'subject' | 'metric' | 'source'

/** Items by their places: lists, since the order of what people see is theirs. */
export type SourceItem = { readonly id: string; readonly attributes: Attributes }
export type MetricItem = SourceItem & { readonly sources: readonly SourceItem[] }
export type SubjectItem = SourceItem & { readonly metrics: readonly MetricItem[] }
export type ReportTree = SourceItem & { readonly subjects: readonly SubjectItem[] }

/** The one overview has this id. */
export const OVERVIEW_ID = 'reports_overview'

/** Every metric of a report with its subject. */
export function metricsOf(
  report: ReportTree,
): readonly { readonly subject: SubjectItem; readonly metric: MetricItem }[] {
  return report.subjects.flatMap((subject) => subject.metrics.map((metric) => ({ subject, metric })))
}

export function textOf(attributes: Attributes, key: string): string | null {
  const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** A list of texts; anything else is an empty one. */
export function textsOf(attributes: Attributes, key: string): readonly string[] {
  const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

export function objectOf(value: unknown): Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Attributes) : {}
}
