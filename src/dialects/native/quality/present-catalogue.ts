import { READERS } from '../../../modules/quality/collector/readers.ts'
import { CATALOGUE, choicesOf } from '../../../modules/quality/domain/catalogue/catalogue.ts'
import { nameOfKey } from '../../../modules/quality/domain/catalogue/entity-type.ts'
import { LOCATION_KEYS, type Parameter } from '../../../modules/quality/domain/catalogue/parameter.ts'
import type { SubjectType } from '../../../modules/quality/domain/catalogue/subject-types.data.ts'
import { DEFAULT_RESPONSE_DAYS } from '../../../modules/quality/domain/response-times.ts'
import type { WireCatalogue, WireParameter, WireSubjectType } from './catalogue.schema.ts'

/** What reports are built from, for forms and help. */
export function presentCatalogue(): WireCatalogue {
  return {
    subjects: Object.entries(CATALOGUE.subjects).flatMap(([key, type]) => presentSubject(key, type, null)),
    metrics: Object.entries(CATALOGUE.metrics).map(([key, type]) => ({
      key,
      name: type.name,
      description: type.description,
      rationale: type.rationale,
      scales: type.scales,
      unit: type.unit,
      unitSingular: type.unitSingular,
      direction: type.direction,
      target: type.target,
      nearTarget: type.nearTarget,
      evaluateTargets: type.evaluateTargets,
      tags: type.tags,
      sources: type.sources,
    })),
    sources: Object.entries(CATALOGUE.sources).map(
      ([key, { name, description, homePage, metrics, parameters }]) => ({
        key,
        ...{ name, description, homePage, metrics },
        readMetrics: metrics.filter((metric) => Object.hasOwn(READERS[key] ?? {}, metric)),
        parameters: Object.entries(parameters).map(([name, parameter]) => presentParameter(name, parameter)),
      }),
    ),
    responseTimes: DEFAULT_RESPONSE_DAYS,
  }
}

function presentSubject(key: string, type: SubjectType, parent: string | null): readonly WireSubjectType[] {
  const { name, description, metrics, children = {} } = type
  return [
    { key, name, description, metrics, parent },
    ...Object.entries(children).flatMap(([child, narrower]) => presentSubject(child, narrower, key)),
  ]
}

function presentParameter(key: string, parameter: Parameter): WireParameter {
  const { kind, mandatory, value, unit = null, metrics = null } = parameter
  return {
    key,
    name: parameter.name ?? nameOfKey(key),
    group: LOCATION_KEYS.includes(key) ? 'location' : 'filter',
    ...{ kind, mandatory, value, unit, metrics },
    values: choicesOf(parameter) ?? null,
  }
}
