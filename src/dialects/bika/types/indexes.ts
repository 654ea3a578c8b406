import {
  all,
  type Condition,
  compare,
  EVERYTHING,
  equals,
  related,
  type Scalar,
} from '../../../core/query.ts'
import type { Field, RecordType } from '../../../core/record.ts'
import { isWireRecord, textsOf, type WireValue } from '../wire/parameters.ts'
import { parseZopeDate } from '../wire/zope-dates.ts'
import { hasExactTitles } from './catalogs.ts'
import { FIELD_PATHS } from './index-paths.data.ts'
import { pathCondition } from './path-condition.ts'
import type { WireType } from './wire-types.ts'

/** What decides how a value of an index is read. */
export type IndexSettings = { readonly zone: string; readonly catalog: string; readonly site: string }

const NOTHING: Condition = { kind: 'any', of: [] }

/**
 * The condition that an index of a catalog stands for; undefined where objects of the type have no such index.
 *
 * @see specification 1.7 and 2.3
 */
export function indexCondition(
  wire: WireType,
  index: string,
  value: WireValue,
  settings: IndexSettings,
): Condition | undefined {
  const own = commonIndex(wire, index, value, settings)
  if (own) return own
  const path = fieldPathOf(wire, index)
  if (!path) return undefined
  const field = fieldAt(wire, path.fields)
  return field && nested(path.steps, compareField(path.last, field, value, settings))
}

/** The analyses of one record are told apart by their kind. */
const KINDS: Readonly<Record<string, string>> = {
  Analysis: 'routine',
  DuplicateAnalysis: 'duplicate',
  ReferenceAnalysis: 'reference',
  RejectAnalysis: 'reject',
}

/** The condition that makes a row of the record one of the type. */
export function typeCondition({ type }: WireType): Condition {
  const kind = Object.hasOwn(KINDS, type.type) ? KINDS[type.type] : undefined
  return kind === undefined ? EVERYTHING : equals('kind', kind)
}

function commonIndex(
  wire: WireType,
  index: string,
  value: WireValue,
  settings: IndexSettings,
): Condition | undefined {
  const { record } = wire
  const texts = textsOf(value)
  const title = record.titleField
  switch (index) {
    case 'UID':
      return compare('uid', 'in', texts)
    case 'id':
    case 'getId':
      return compare('objectId', 'in', texts)
    case 'portal_type':
    case 'Type':
      return texts.includes(wire.type.type) ? EVERYTHING : NOTHING
    case 'title':
      return compare(title, 'in', texts)
    case 'sortable_title':
      return anyOf(texts.map((text) => compare(title, 'iexact', text)))
    case 'Title':
      return hasExactTitles(settings.catalog)
        ? compare(title, 'in', texts)
        : anyOf(texts.map((text) => words(title, text)))
    case 'Description':
      return 'description' in record.fields
        ? anyOf(texts.map((text) => words('description', text)))
        : undefined
    case 'description':
      return 'description' in record.fields ? compare('description', 'in', texts) : undefined
    case 'SearchableText':
      return anyOf(texts.map((text) => ({ kind: 'search', text: text.replace(/[*?"()]/g, ' ') })))
    case 'path':
      return pathCondition(value, settings.site)
    case 'created':
      return record.stamped ? dateCondition('createdAt', value, settings) : undefined
    case 'modified':
    case 'Date':
      return record.stamped ? dateCondition('modifiedAt', value, settings) : undefined
    case 'Creator':
      return record.stamped ? related('createdBy', compare('username', 'in', texts)) : undefined
    default:
      return stateIndex(record, index, texts)
  }
}

function stateIndex(record: RecordType, index: string, texts: readonly string[]): Condition | undefined {
  switch (index) {
    case 'review_state':
      if ('state' in record.fields) return compare('state', 'in', texts)
      return texts.includes('active') ? EVERYTHING : NOTHING
    case 'cancellation_state':
    case 'cancelled_state':
      return 'cancelled' in record.fields
        ? oneOf(texts, { active: equals('cancelled', false), cancelled: equals('cancelled', true) })
        : undefined
    case 'inactive_state':
      return record.retirable
        ? oneOf(texts, {
            active: compare('retiredAt', 'isnull', true),
            inactive: compare('retiredAt', 'isnull', false),
          })
        : undefined
    case 'worksheetanalysis_review_state':
      return assignmentIndex(record, texts)
    default:
      return undefined
  }
}

function assignmentIndex(record: RecordType, texts: readonly string[]): Condition | undefined {
  if ('assigned' in record.fields)
    return oneOf(texts, { assigned: equals('assigned', true), unassigned: equals('assigned', false) })
  return 'worksheet' in record.fields
    ? oneOf(texts, {
        assigned: compare('worksheet', 'isnull', false),
        unassigned: compare('worksheet', 'isnull', true),
      })
    : undefined
}

function oneOf(texts: readonly string[], conditions: Readonly<Record<string, Condition>>): Condition {
  return anyOf(texts.flatMap((text) => (Object.hasOwn(conditions, text) ? (conditions[text] ?? []) : [])))
}

function anyOf(of: readonly Condition[]): Condition {
  const [only] = of
  return of.length === 1 && only ? only : { kind: 'any', of }
}

/** Words of a text index: all of them, or what stands between `OR`; `*` at the end of a word is any rest. */
function words(field: string, text: string): Condition {
  const alternatives = text.split(/\s+OR\s+/)
  return anyOf(
    alternatives.map((alternative) =>
      all(
        ...alternative
          .split(/\s+(?:AND\s+)?|[*?"()]/)
          .filter((word) => word !== '' && word !== 'AND')
          .map((word): Condition => compare(field, 'icontains', word)),
      ),
    ),
  )
}

type FieldPath = {
  readonly fields: readonly string[]
  readonly steps: readonly string[]
  readonly last: string
}

/** The fields that lead to what an index compares: of the record itself, or behind references. */
function fieldPathOf(wire: WireType, index: string): FieldPath | undefined {
  const given = [`${wire.record.name}.${index}`, index].flatMap((name) =>
    Object.hasOwn(FIELD_PATHS, name) ? (FIELD_PATHS[name] ?? []) : [],
  )[0]
  const path =
    given !== undefined && fieldAt(wire, given.split('.')) ? given.split('.') : derivedPath(wire, index)
  return path && { fields: path, steps: path.slice(0, -1), last: path.at(-1) ?? '' }
}

/** `getClientUID`, `getClientTitle`, `getKeyword`, `Keyword`: after the fields of the wire. */
function derivedPath(wire: WireType, index: string): readonly string[] | undefined {
  const name = index.replace(/^get(?=[A-Z_])/, '')
  const exact = wire.fields.get(name)
  if (exact) return withSample(exact.on, exact.target === undefined ? [exact.field] : [exact.field, 'uid'])
  const match = /^(\w+?)(UIDs?|Title)$/.exec(name)
  const base = match?.[1] === undefined ? undefined : wire.fields.get(match[1])
  if (!base?.target) return undefined
  return withSample(base.on, [
    base.field,
    match?.[2] === 'Title' ? wire.recordNamed(base.target).titleField : 'uid',
  ])
}

function withSample(on: 'row' | 'sample', path: readonly string[]): readonly string[] {
  return on === 'sample' ? ['sample', ...path] : path
}

function fieldAt(wire: WireType, path: readonly string[]): Field | undefined {
  let record = wire.record
  let field: Field | undefined
  for (const step of path) {
    field = Object.hasOwn(record.fields, step) ? record.fields[step] : undefined
    if (!field) return undefined
    if (field.target !== undefined) record = wire.recordNamed(field.target)
  }
  return field
}

function nested(steps: readonly string[], condition: Condition): Condition {
  return steps.reduceRight((inner, step) => related(step, inner), condition)
}

function compareField(name: string, { kind }: Field, value: WireValue, settings: IndexSettings): Condition {
  if (kind === 'instant' || kind === 'day') return dateCondition(name, value, settings)
  const texts = textsOf(value)
  switch (kind) {
    case 'boolean':
      return oneOf(
        texts.map((text) => (/^(true|1|yes)$/i.test(text) ? 'yes' : 'no')),
        { yes: equals(name, true), no: equals(name, false) },
      )
    case 'integer':
    case 'number':
    case 'decimal':
    case 'duration': {
      const numbers = texts.map(Number).filter(Number.isFinite)
      return compare(name, 'in', numbers)
    }
    default:
      return compare(name, 'in', texts)
  }
}

const MINUTE_MS = 60_000

/** A date, or a record of `query` and `range`; minutes count. */
function dateCondition(field: string, value: WireValue, { zone }: IndexSettings): Condition {
  const isRecord = isWireRecord(value) && 'query' in value
  const asked: Readonly<Record<string, WireValue>> = isRecord ? value : { query: value }
  const dates = textsOf(asked.query).flatMap((text) => parseZopeDate(text, zone) ?? [])
  const times = dates.map((date) => date.getTime())
  if (times.length === 0) return NOTHING
  const from = (time: number): Scalar => new Date(Math.floor(time / MINUTE_MS) * MINUTE_MS)
  const until = (time: number): Scalar => new Date(Math.floor(time / MINUTE_MS) * MINUTE_MS + MINUTE_MS)
  const low = from(Math.min(...times))
  const high = until(Math.max(...times))
  switch (String(asked.range ?? '')) {
    case 'min':
      return compare(field, 'gte', low)
    case 'max':
      return compare(field, 'lt', high)
    case 'min:max':
    case 'minmax':
      return all(compare(field, 'gte', low), compare(field, 'lt', high))
    default:
      return anyOf(
        times.map((time) => all(compare(field, 'gte', from(time)), compare(field, 'lt', until(time)))),
      )
  }
}

/** The order that an index sorts by; undefined for one that cannot be sorted by. */
export function indexOrder(wire: WireType, index: string): readonly string[] | undefined {
  switch (index) {
    case 'id':
    case 'getId':
      return ['objectId']
    case 'UID':
      return ['uid']
    case 'path':
      return ['path']
    case 'title':
    case 'Title':
    case 'sortable_title':
      return [wire.record.titleField]
    case 'created':
      return ['createdAt']
    case 'modified':
    case 'Date':
      return ['modifiedAt']
    case 'review_state':
      return 'state' in wire.record.fields ? ['state'] : ['objectId']
    case 'portal_type':
    case 'Type':
      return ['objectId']
    default: {
      const path = fieldPathOf(wire, index)
      return path && isSortable(wire, path.fields) ? path.fields : undefined
    }
  }
}

function isSortable(wire: WireType, path: readonly string[]): boolean {
  const kind = fieldAt(wire, path)?.kind
  return kind !== undefined && !['json', 'references', 'inverse'].includes(kind)
}
