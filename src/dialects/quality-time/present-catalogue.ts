import { createHash } from 'node:crypto'
import { CATALOGUE, choicesOf } from '../../modules/quality/domain/catalogue/catalogue.ts'
import { type EntityType, nameOfKey } from '../../modules/quality/domain/catalogue/entity-type.ts'
import type { MetricType } from '../../modules/quality/domain/catalogue/metric-type.ts'
import { LOCATION_KEYS, type Parameter } from '../../modules/quality/domain/catalogue/parameter.ts'
import type { SourceType } from '../../modules/quality/domain/catalogue/source-type.ts'
import type { SubjectType } from '../../modules/quality/domain/catalogue/subject-types.data.ts'

const SCALES = {
  count: { name: 'Count', description: 'How many there are.' },
  percentage: { name: 'Percentage', description: 'How many there are of a hundred.' },
  version_number: { name: 'Version number', description: 'Which version it is.' },
}

function presentSubject({
  name,
  description,
  metrics,
  children,
}: SubjectType): Readonly<Record<string, unknown>> {
  return { name, description, metrics, ...(children ? { subjects: mapped(children, presentSubject) } : {}) }
}

function presentMetric(type: MetricType) {
  return {
    name: type.name,
    description: type.description,
    rationale: type.rationale,
    scales: type.scales,
    default_scale: type.scales[0],
    unit: type.unit,
    unit_singular: type.unitSingular,
    addition: type.combine,
    direction: type.direction,
    target: type.target,
    near_target: type.nearTarget,
    evaluate_targets: type.evaluateTargets,
    sources: type.sources,
    tags: type.tags,
  }
}

function presentSource([key, type]: readonly [string, SourceType]) {
  const keys = Object.keys(type.parameters)
  const location = keys.filter((each) => LOCATION_KEYS.includes(each))
  const filter = keys.filter((each) => !LOCATION_KEYS.includes(each))
  return {
    name: type.name,
    description: type.description,
    ...(type.homePage === '' ? {} : { url: type.homePage }),
    parameters: Object.fromEntries(
      Object.entries(type.parameters).map(([name, parameter]) => [
        name,
        presentParameter(name, parameter, type),
      ]),
    ),
    parameter_layout: {
      location: { name: 'Source location and credentials', parameters: location },
      filter: { name: 'Source filters', parameters: filter },
    },
    entities: mapped(CATALOGUE.entities[key] ?? {}, presentEntity),
    ...(key === 'jira' ? { issue_tracker: true } : {}),
  }
}

function presentParameter(key: string, parameter: Parameter, source: SourceType) {
  const values = choicesOf(parameter)
  const { apiValues, unit, validateOn, checkPath } = parameter
  return {
    name: parameter.name ?? nameOfKey(key),
    type: parameter.kind,
    mandatory: parameter.mandatory,
    default_value: parameter.value,
    metrics: parameter.metrics ?? source.metrics,
    ...(values ? { values } : {}),
    ...(apiValues ? { api_values: apiValues } : {}),
    ...(unit ? { unit } : {}),
    ...(validateOn ? { validate_on: validateOn } : {}),
    ...(checkPath ? { validation_path: checkPath } : {}),
  }
}

function presentEntity({ name, namePlural, attributes, measured }: EntityType) {
  return {
    name,
    name_plural: namePlural,
    attributes: attributes.map(({ key, name: title, type, url, visible }) => ({
      key,
      name: title,
      ...(type === 'text' ? {} : { type }),
      ...(url === undefined ? {} : { url }),
      ...(visible ? {} : { visible: false }),
    })),
    ...(measured === null ? {} : { measured_attribute: measured }),
  }
}

function mapped<In, Out>(
  record: Readonly<Record<string, In>>,
  present: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, present(value)]))
}

/** What reports are built from, in the form of the wire. */
export const CATALOGUE_DOCUMENT = {
  scales: SCALES,
  subjects: mapped(CATALOGUE.subjects, presentSubject),
  metrics: mapped(CATALOGUE.metrics, presentMetric),
  sources: Object.fromEntries(
    Object.entries(CATALOGUE.sources).map((entry) => [entry[0], presentSource(entry)]),
  ),
}

/** Tells one release of the catalogue from another. */
export const CATALOGUE_HASH: string = createHash('sha256')
  .update(JSON.stringify(CATALOGUE_DOCUMENT))
  .digest('hex')
