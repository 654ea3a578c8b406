import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import { modernMetric, modernSource, modernSubject } from './legacy-report.ts'
import { isOrderedObject, type OrderedJson, toPlainJson } from './ordered-json.ts'
import { type Attributes, objectOf, type ReportTree, type SourceItem } from './report-tree.ts'

const MOST_ITEMS = 50_000

/** What a file says of its own storage elsewhere. */
const FOREIGN: readonly string[] = ['_id', 'timestamp', 'delta', 'last', 'deleted', 'report_uuid', 'summary']

/**
 * Reads an exported report. What it calls things of old is brought up to date; attributes that nobody knows are kept.
 *
 * @throws RefusedError `invalid-input` naming the place where it is no report
 */
export function readReportFile(file: OrderedJson): ReportTree {
  if (!isOrderedObject(file)) throw broken('', 'This must be an object.')
  const report = attributesOf(file, 'subjects', FOREIGN)
  const tree: ReportTree = {
    id: typeof file.get('report_uuid') === 'string' ? String(file.get('report_uuid')) : '',
    attributes: { title: '', ...report },
    subjects: itemsOf(file, 'subjects', '').map(([id, subject, path]) => ({
      id,
      attributes: modernSubject(attributesOf(subject, 'metrics')),
      metrics: itemsOf(subject, 'metrics', path).map(([metricId, metric, metricPath]) => {
        const old = attributesOf(metric, 'sources')
        const sources = itemsOf(metric, 'sources', metricPath).map(
          ([sourceId, source]): SourceItem => ({ id: sourceId, attributes: attributesOf(source, undefined) }),
        )
        return {
          id: metricId,
          attributes: modernMetric(old),
          sources: sources.flatMap((source) => {
            const attributes = modernSource(source.attributes, old)
            return attributes ? [{ ...source, attributes }] : []
          }),
        }
      }),
    })),
  }
  requireModerate(tree)
  return tree
}

function attributesOf(
  item: ReadonlyMap<string, OrderedJson>,
  children: string | undefined,
  without: readonly string[] = [],
): Attributes {
  const own = new Map([...item].filter(([key]) => key !== children && !without.includes(key)))
  return objectOf(toPlainJson(own))
}

type Part = readonly [id: string, item: ReadonlyMap<string, OrderedJson>, path: string]

function itemsOf(item: ReadonlyMap<string, OrderedJson>, key: string, above: string): readonly Part[] {
  const items = item.get(key)
  const path = above === '' ? key : `${above}.${key}`
  if (items === undefined || items === null) return []
  if (!isOrderedObject(items)) throw broken(path, 'This must be an object of objects.')
  return [...items].map(([id, each]): Part => {
    if (!isOrderedObject(each)) throw broken(`${path}.${id}`, 'This must be an object.')
    return [id, each, `${path}.${id}`]
  })
}

function requireModerate({ subjects }: ReportTree): void {
  const metrics = subjects.flatMap((subject) => subject.metrics)
  const count = subjects.length + metrics.length + metrics.flatMap(({ sources }) => sources).length
  if (count > MOST_ITEMS) throw broken('subjects', `A report has ${MOST_ITEMS} items at most.`)
}

function broken(field: string, problem: string): RefusedError {
  const problems: readonly FieldProblem[] = [{ field, problem }]
  return new RefusedError({ kind: 'invalid-input', problems })
}
