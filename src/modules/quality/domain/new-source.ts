import { parametersFor } from './catalogue/catalogue.ts'
import type { Attributes } from './report-tree.ts'

/** What a new source starts from: every parameter that the metric uses, with its default. */
export function newSource(sourceType: string, metricType: string): Attributes {
  const parameters = Object.entries(parametersFor(sourceType, metricType))
  return {
    type: sourceType,
    parameters: Object.fromEntries(parameters.map(([key, { value }]) => [key, value])),
  }
}
