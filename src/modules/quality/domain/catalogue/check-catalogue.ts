import type { QualityCatalogue } from './catalogue.ts'
import type { MetricType } from './metric-type.ts'
import type { Parameter } from './parameter.ts'
import type { SourceType } from './source-type.ts'
import type { SubjectType } from './subject-types.data.ts'

/** Every contradiction of a catalogue, in words; empty when there is none. */
export function checkCatalogue(catalogue: QualityCatalogue): readonly string[] {
  return [
    ...Object.entries(catalogue.metrics).flatMap(([key, type]) => metricProblems(catalogue, key, type)),
    ...Object.entries(catalogue.sources).flatMap(([key, type]) => sourceProblems(catalogue, key, type)),
    ...Object.entries(catalogue.subjects).flatMap(([key, type]) => subjectProblems(catalogue, key, type)),
    ...entityProblems(catalogue),
  ]
}

function metricProblems(catalogue: QualityCatalogue, key: string, type: MetricType): string[] {
  const isVersion = type.scales.includes('version_number')
  const number = isVersion ? /^\d+(\.\d+)*$/ : /^\d+$/
  return [
    ...describedProblems(`metric ${key}`, type),
    ...(type.scales.length === 0 ? [`metric ${key} has no scale`] : []),
    ...(number.test(type.target) && number.test(type.nearTarget)
      ? []
      : [`metric ${key}: targets are numbers`]),
    ...(isVersion && type.combine === 'sum' ? [`metric ${key}: versions have no sum`] : []),
    ...type.sources.flatMap((source) =>
      catalogue.sources[source]?.metrics.includes(key) ? [] : [`source ${source} does not supply ${key}`],
    ),
  ]
}

function sourceProblems(catalogue: QualityCatalogue, key: string, type: SourceType): string[] {
  const parameters = Object.entries(type.parameters)
  return [
    ...describedProblems(`source ${key}`, type),
    ...type.metrics.flatMap((metric) =>
      catalogue.metrics[metric]?.sources.includes(key)
        ? []
        : [`metric ${metric} does not know source ${key}`],
    ),
    ...parameters.flatMap(([name, parameter]) =>
      parameterProblems(`parameter ${key}.${name}`, type, parameter),
    ),
    ...(type.metrics.every((metric) => usesSomething(type, metric))
      ? []
      : [`source ${key} asks for nothing`]),
  ]
}

function usesSomething({ parameters }: SourceType, metric: string): boolean {
  return Object.values(parameters).some(({ metrics }) => metrics === undefined || metrics.includes(metric))
}

function parameterProblems(what: string, source: SourceType, parameter: Parameter): string[] {
  const { metrics = [], values, value, kind } = parameter
  const foreign = metrics.filter((metric) => !source.metrics.includes(metric))
  const chosen = [value].flat().filter((each) => each !== '')
  const unknown = Array.isArray(values) ? chosen.filter((each) => !values.includes(each)) : []
  const isList = kind.startsWith('multiple')
  return [
    ...foreign.map((metric) => `${what} is for ${metric}, which its source does not supply`),
    ...unknown.map((each) => `${what} has the default ${each}, which is no choice`),
    ...(isList === Array.isArray(value) ? [] : [`${what} has a default of the wrong kind`]),
    ...(kind === 'integer' && !/^-?\d+$/.test(String(value)) ? [`${what} has no whole number`] : []),
  ]
}

function subjectProblems(catalogue: QualityCatalogue, key: string, type: SubjectType): string[] {
  return [
    ...describedProblems(`subject ${key}`, type),
    ...type.metrics.flatMap((metric) =>
      catalogue.metrics[metric] ? [] : [`subject ${key} offers the unknown metric ${metric}`],
    ),
    ...Object.entries(type.children ?? {}).flatMap(([child, narrower]) =>
      subjectProblems(catalogue, child, narrower),
    ),
  ]
}

function entityProblems(catalogue: QualityCatalogue): string[] {
  return Object.entries(catalogue.entities).flatMap(([source, byMetric]) =>
    Object.keys(byMetric).flatMap((metric) =>
      catalogue.sources[source]?.metrics.includes(metric)
        ? []
        : [`source ${source} has entities for ${metric}, which it does not supply`],
    ),
  )
}

function describedProblems(
  what: string,
  { name, description }: { readonly name: string; readonly description: string },
): string[] {
  return name !== '' && /^[A-Z].*\.$/.test(description) ? [] : [`${what} needs a name and a sentence`]
}
