import { checkCatalogue } from './check-catalogue.ts'
import { type EntityType, entityType } from './entity-type.ts'
import { ENTITY_TYPES } from './entity-types.data.ts'
import type { MetricType } from './metric-type.ts'
import { METRIC_TYPES } from './metric-types.data.ts'
import { TOUCHSTONE_SOURCE } from './own-source.data.ts'
import type { Parameter } from './parameter.ts'
import type { SourceType } from './source-type.ts'
import { SOURCE_TYPES } from './source-types.data.ts'
import { SUBJECT_TYPES, type SubjectType } from './subject-types.data.ts'

/** Everything that a report can be built from. */
export type QualityCatalogue = {
  readonly subjects: Readonly<Record<string, SubjectType>>
  readonly metrics: Readonly<Record<string, MetricType>>
  readonly sources: Readonly<Record<string, SourceType>>
  readonly entities: Readonly<Record<string, Readonly<Record<string, EntityType>>>>
}

const OWN_ENTITY = entityType('finding', 'name→url, kind, place, state, since:datetime')

function assemble(): QualityCatalogue {
  const catalogue: QualityCatalogue = {
    subjects: SUBJECT_TYPES,
    metrics: METRIC_TYPES,
    sources: { ...SOURCE_TYPES, touchstone: TOUCHSTONE_SOURCE },
    entities: {
      ...ENTITY_TYPES,
      touchstone: Object.fromEntries(TOUCHSTONE_SOURCE.metrics.map((metric) => [metric, OWN_ENTITY])),
    },
  }
  const problems = checkCatalogue(catalogue)
  if (problems.length > 0) throw new Error(`The catalogue contradicts itself:\n${problems.join('\n')}`)
  return catalogue
}

/** Checked when it is loaded: a contradiction does not start. */
export const CATALOGUE: QualityCatalogue = assemble()

export function findMetricType(key: unknown): MetricType | undefined {
  return own(CATALOGUE.metrics, key)
}

export function findSourceType(key: unknown): SourceType | undefined {
  return own(CATALOGUE.sources, key)
}

/** The subject type of a key, at any depth. */
export function findSubjectType(key: unknown): SubjectType | undefined {
  for (const [name, type] of Object.entries(CATALOGUE.subjects)) {
    if (name === key) return type
    const child = type.children && own(type.children, key)
    if (child) return child
  }
  return undefined
}

export function findEntityType(sourceType: string, metricType: string): EntityType | undefined {
  return own(own(CATALOGUE.entities, sourceType) ?? {}, metricType)
}

/** The parameters of a source type that a metric uses, by key. */
export function parametersFor(sourceType: string, metricType: string): Readonly<Record<string, Parameter>> {
  const parameters = Object.entries(findSourceType(sourceType)?.parameters ?? {})
  return Object.fromEntries(
    parameters.filter(([, { metrics }]) => metrics === undefined || metrics.includes(metricType)),
  )
}

/** The choices of a parameter; undefined where it has none. */
export function choicesOf({ values }: Parameter): readonly string[] | undefined {
  if (values === 'metric-names') return Object.values(CATALOGUE.metrics).map(({ name }) => name)
  if (values === 'source-names') return Object.values(CATALOGUE.sources).map(({ name }) => name)
  return typeof values === 'string' ? undefined : values
}

/** What nobody may read back; an unknown source or parameter counts as secret, to be on the safe side. */
export function isSecretParameter(sourceType: unknown, key: string): boolean {
  const parameter = own(findSourceType(sourceType)?.parameters ?? {}, key)
  return parameter === undefined || parameter.kind === 'password'
}

function own<Value>(record: Readonly<Record<string, Value>>, key: unknown): Value | undefined {
  return typeof key === 'string' && Object.hasOwn(record, key) ? record[key] : undefined
}
