import { createHash } from 'node:crypto'
import { canonical } from './next-measurement.ts'
import { type MetricItem, objectOf } from './report-tree.ts'

/** Tells whether the sources of a metric are still those that it was measured from: their kinds and parameters. */
export function parameterHash({ sources }: Pick<MetricItem, 'sources'>): string {
  const parameters = sources
    .map(({ id, attributes }) => [id, attributes.type, objectOf(attributes.parameters)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return createHash('md5').update(canonical(parameters)).digest('hex')
}
