import { findMetricType, findSourceType, findSubjectType } from './catalogue/catalogue.ts'
import { type Direction, type MetricType, metricType, SCALES, type Scale } from './catalogue/metric-type.ts'
import { type Attributes, type MetricItem, textOf, textsOf } from './report-tree.ts'
import type { Targets } from './status.ts'

/** A metric with the defaults of its kind where nothing else was said. */
export type Metric = Targets & {
  readonly id: string
  readonly typeKey: string
  readonly type: MetricType
  readonly name: string
  readonly secondaryName: string
  readonly unit: string
  readonly unitSingular: string
  readonly tags: readonly string[]
  readonly comment: string
  readonly measurementRequested: string | null
}

/** What a metric of a kind that nobody knows is taken for. */
const UNKNOWN_TYPE = metricType({
  name: 'Unknown metric',
  description: 'This kind of metric is not known here.',
  rationale: '',
  scales: ['count'],
  unit: '',
  unitSingular: '',
  combine: 'sum',
  direction: '<',
  target: '0',
  nearTarget: '0',
  tags: [],
  sources: [],
})

/** Reads a metric leniently: a file may leave out any attribute. */
export function readMetric({ id, attributes }: Pick<MetricItem, 'id' | 'attributes'>): Metric {
  const typeKey = textOf(attributes, 'type') ?? ''
  const type = findMetricType(typeKey) ?? UNKNOWN_TYPE
  const unit = textOf(attributes, 'unit') || type.unit
  return {
    id,
    typeKey,
    type,
    name: textOf(attributes, 'name') || type.name,
    secondaryName: textOf(attributes, 'secondary_name') ?? '',
    scale: scaleOf(attributes, type),
    direction: directionOf(attributes) ?? type.direction,
    unit,
    unitSingular: textOf(attributes, 'unit_singular') || (unit === type.unit ? type.unitSingular : unit),
    target: targetOf(attributes, 'target', type.target),
    nearTarget: targetOf(attributes, 'near_target', type.nearTarget),
    debtTarget: targetOf(attributes, 'debt_target', null),
    evaluateTargets:
      typeof attributes.evaluate_targets === 'boolean' ? attributes.evaluate_targets : type.evaluateTargets,
    acceptDebt: attributes.accept_debt === true,
    debtEndDate: textOf(attributes, 'debt_end_date') || null,
    issueIds: textsOf(attributes, 'issue_ids'),
    tags: textsOf(attributes, 'tags'),
    comment: textOf(attributes, 'comment') ?? '',
    measurementRequested: textOf(attributes, 'measurement_requested') || null,
  }
}

function scaleOf(attributes: Attributes, type: MetricType): Scale {
  const given = SCALES.find((scale) => scale === attributes.scale)
  return given !== undefined && type.scales.includes(given) ? given : (type.scales[0] ?? 'count')
}

function directionOf({ direction }: Attributes): Direction | undefined {
  if (direction === '<' || direction === '≦') return '<'
  return direction === '>' || direction === '≧' ? '>' : undefined
}

/** An absent target is that of the kind; an empty one is none. */
function targetOf(attributes: Attributes, key: string, ofType: string | null): string | null {
  if (!Object.hasOwn(attributes, key)) return ofType
  return textOf(attributes, key) || null
}

export function nameOfMetric(attributes: Attributes): string {
  return (
    textOf(attributes, 'name') || findMetricType(attributes.type)?.name || textOf(attributes, 'type') || ''
  )
}

export function nameOfSubject(attributes: Attributes): string {
  return (
    textOf(attributes, 'name') || findSubjectType(attributes.type)?.name || textOf(attributes, 'type') || ''
  )
}

export function nameOfSource(attributes: Attributes): string {
  return (
    textOf(attributes, 'name') || findSourceType(attributes.type)?.name || textOf(attributes, 'type') || ''
  )
}

/** The unit behind a value: one of it, or many. */
export function unitOf({ unit, unitSingular }: Metric, value: string | null): string {
  return value === '1' || value === '-1' ? unitSingular : unit
}

/** What a new metric of a kind starts from, as it is stored. */
export function newMetric(typeKey: string): Attributes {
  const type = findMetricType(typeKey) ?? UNKNOWN_TYPE
  return {
    type: typeKey,
    name: null,
    scale: type.scales[0] ?? 'count',
    unit: null,
    unit_singular: null,
    accept_debt: false,
    debt_target: null,
    direction: null,
    target: type.target,
    near_target: type.nearTarget,
    evaluate_targets: type.evaluateTargets,
    tags: [...type.tags],
  }
}

/** A metric that becomes one of another kind: it starts anew but keeps the tags that people gave it. */
export function withNewType(attributes: Attributes, typeKey: string): Attributes {
  const oldDefaults = findMetricType(attributes.type)?.tags ?? []
  const made = newMetric(typeKey)
  const given = textsOf(attributes, 'tags').filter((tag) => !oldDefaults.includes(tag))
  return { ...made, tags: [...new Set([...textsOf(made, 'tags'), ...given])] }
}
