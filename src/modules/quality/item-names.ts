import { nameOfMetric, nameOfSource, nameOfSubject } from './domain/metric.ts'
import { textOf } from './domain/report-tree.ts'
import type { Place } from './place.ts'
import type { StoredItem } from './store/items.ts'

/** What people call an item. */
export function nameOf({ kind, attributes }: StoredItem): string {
  switch (kind) {
    case 'report':
    case 'overview':
      return textOf(attributes, 'title') ?? ''
    case 'subject':
      return nameOfSubject(attributes)
    case 'metric':
      return nameOfMetric(attributes)
    case 'source':
      return nameOfSource(attributes)
  }
}

/** `metric 'Violations' of subject 'Software' in report 'R'`: where something is, in the words of the changelog. */
export function describePlace({ item, report, subject, metric }: Place): string {
  const inReport = ` in report '${nameOf(report)}'`
  switch (item.kind) {
    case 'report':
    case 'overview':
      return `report '${nameOf(report)}'`
    case 'subject':
      return `subject '${nameOf(item)}'${inReport}`
    case 'metric':
      return `metric '${nameOf(item)}' of subject '${subject ? nameOf(subject) : ''}'${inReport}`
    case 'source':
      return `source '${textOf(item.attributes, 'name') || 'None'}' of metric '${metric ? nameOf(metric) : ''}' of subject '${
        subject ? nameOf(subject) : ''
      }'${inReport}`
  }
}
