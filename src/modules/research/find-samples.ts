import { type Context, requirePermission } from '../../context.ts'
import { toCanonical } from '../../core/quantity/convert.ts'
import { dimensionName, parseUnit, sameDimension } from '../../core/quantity/unit.ts'
import { all, type Condition, compare, EVERYTHING, equals, related } from '../../core/query.ts'
import { columnOf, queryFields } from '../../core/record.ts'
import { invalidInput } from '../../core/refusal.ts'
import { ownField } from '../../platform/records/catalogue.ts'
import { compileCondition } from '../../platform/records/compile-query.ts'
import { findRecords } from '../records/list-records.ts'
import type { SearchNode, SearchOperand, SearchOperator } from './domain/search.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { visibleInProject } from './records/scope.ts'
import { findSampleById } from './sample-ids.ts'
import {
  combined,
  countSamples,
  countValues,
  hasExperiment,
  hasValue,
  isAmongValues,
  isOneOf,
  isRelativeOf,
  negated,
  type SearchOrder,
  type SearchSql,
  searchSampleIds,
  type ValueTest,
} from './store/search.ts'
import { type IndexField, indexFieldsAt } from './store/values.ts'
import { asSample } from './typed-row.ts'

export type SampleSearch = {
  readonly search: SearchNode
  /** conditions on the samples' own fields besides */
  readonly where?: Condition
  /** fields of the record, `-` before those that descend; the newest first unless given */
  readonly order?: readonly string[]
  readonly limit: number
  readonly offset: number
  readonly total?: 'exact' | 'none'
}

export type FoundSamples = { readonly rows: readonly Sample[]; readonly total: number | null }

/**
 * Samples by their own fields and by every field of their info, within the actor's scope.
 *
 * @throws RefusedError `invalid-input` for fields that there are not and units that measure something else
 */
export async function findSamples(ctx: Context, asked: SampleSearch): Promise<FoundSamples> {
  requirePermission(ctx, sampleRecord.permissions.view)
  const where = await whereOf(ctx, asked)
  const counted = asked.total === 'none' ? undefined : await whereOf(ctx, asked, 'total')
  const { reader } = ctx.database
  const [ids, total] = await Promise.all([
    searchSampleIds(reader, where, {
      order: orderOf(asked.order ?? []),
      limit: asked.limit,
      offset: asked.offset,
    }),
    counted ? countSamples(reader, counted) : null,
  ])
  return { rows: (await findRecords(ctx, sampleRecord, ids)).map(asSample), total }
}

/** Ids of all samples that a search finds, up to a limit, in order of registration. */
export async function findMatchingIds(
  ctx: Context,
  search: SearchNode,
  where: Condition,
  limit: number,
): Promise<readonly number[]> {
  requirePermission(ctx, sampleRecord.permissions.view)
  const compiled = await whereOf(ctx, { search, where })
  return searchSampleIds(ctx.database.reader, compiled, {
    order: [{ column: 'id', direction: 'asc' }],
    limit,
    offset: 0,
  })
}

async function whereOf(
  ctx: Context,
  { search, where = EVERYTHING }: Pick<SampleSearch, 'search' | 'where'>,
  place: Place = 'top',
): Promise<SearchSql> {
  const own = compiled(ctx, all(visibleInProject(ctx.actor), where))
  return combined([own, await compile(ctx, search, place)], 'and')
}

function compiled(ctx: Context, condition: Condition): SearchSql {
  const settings = { catalogue: ctx.catalogue, kind: ctx.database.kind, zone: ctx.zone }
  return compileCondition(settings, sampleRecord, 's', condition)
}

function orderOf(order: readonly string[]): readonly SearchOrder[] {
  const fields = queryFields(sampleRecord)
  const terms = order.map((word): SearchOrder => {
    const name = word.replace(/^-/, '')
    const field = ownField(fields, name)
    if (!field || field.kind === 'inverse' || field.kind === 'json')
      throw invalidInput('order', `Samples are not ordered by ${name}.`)
    return { column: columnOf(name, field), direction: word.startsWith('-') ? 'desc' : 'asc' }
  })
  return [...terms, { column: 'id', direction: terms.at(-1)?.direction ?? 'desc' }]
}

/** Where a node stands: at the top, few matches can lead the whole search; a total has no order to walk in. */
type Place = 'top' | 'inside' | 'total'

/** Below it, gathering the matches and sorting them beats walking the samples in their order until a page is full. */
const FEW = 10_000

async function compile(ctx: Context, node: SearchNode, place: Place): Promise<SearchSql> {
  switch (node.kind) {
    case 'all':
    case 'any': {
      const inner = node.kind === 'all' ? place : 'inside'
      const parts = await Promise.all(node.of.map((each) => compile(ctx, each, inner)))
      return combined(parts, node.kind === 'all' ? 'and' : 'or')
    }
    case 'not':
      return negated(await compile(ctx, node.of, 'inside'))
    case 'experiment':
      return hasExperiment(node.method)
    case 'words':
      return compiled(ctx, { kind: 'search', text: node.text })
    case 'relative': {
      const sample = await findSampleById(ctx, node.sampleId)
      return sample ? isRelativeOf(sample.id, node.of === 'ancestor' ? 'down' : 'up') : isOneOf([])
    }
    case 'filled':
    case 'compare':
    case 'between':
    case 'in':
      return (await ownCondition(ctx, node)) ?? (await infoTest(ctx, node, place))
  }
}

type FieldNode = Extract<SearchNode, { kind: 'filled' | 'compare' | 'between' | 'in' }>

/** Names of the samples' own fields in searches. */
const OWN_FIELDS: Readonly<Record<string, (inner: (field: string) => Condition) => Condition>> = {
  type: (inner) => related('sampleType', inner('name')),
  project: (inner) => related('project', { kind: 'any', of: [inner('name'), inner('abbreviation')] }),
  institute: (inner) => related('institute', inner('name')),
  method: (inner) => related('method', inner('name')),
  parent: (inner) => related('parent', inner('sampleId')),
  sample_id: (inner) => inner('sampleId'),
  date_created: (inner) => inner('dateCreated'),
  state: (inner) => inner('state'),
  location: (inner) => inner('location'),
  sample_name: (inner) => inner('name'),
}

async function ownCondition(ctx: Context, node: FieldNode): Promise<SearchSql | undefined> {
  const about = Object.hasOwn(OWN_FIELDS, node.path) ? OWN_FIELDS[node.path] : undefined
  if (!about) return undefined
  return compiled(
    ctx,
    about((field) => ownComparison(field, node)),
  )
}

function ownComparison(field: string, node: FieldNode): Condition {
  switch (node.kind) {
    case 'filled':
      return compare(field, 'isnull', false)
    case 'in':
      return compare(field, 'in', node.operands.map(textOf))
    case 'between':
      // text, since a month may end on a day that it does not have
      return all(
        compare(field, 'gte', dayOf(field, textOf(node.low))),
        compare(field, 'lte', dayOf(field, textOf(node.high))),
      )
    case 'compare':
      return ownOperator(field, node.operator, textOf(node.operand))
  }
}

/** The last day that a month has, where an end beyond it is asked for. */
function dayOf(field: string, text: string): string {
  const match = field === 'dateCreated' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null
  if (!match) return text
  const [, year = '', month = '', day = ''] = match
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return `${year}-${month}-${String(Math.min(Number(day), last)).padStart(2, '0')}`
}

function ownOperator(field: string, operator: SearchOperator, text: string): Condition {
  const value = dayOf(field, text)
  switch (operator) {
    case '=':
      return field === 'dateCreated' ? equals(field, value) : compare(field, 'iexact', value)
    case '!=':
      return { kind: 'not', of: ownOperator(field, '=', text) }
    case '~':
      return compare(field, 'icontains', value)
    case '<':
      return compare(field, 'lt', value)
    case '<=':
      return compare(field, 'lte', value)
    case '>':
      return compare(field, 'gt', value)
    case '>=':
      return compare(field, 'gte', value)
  }
}

function textOf(operand: SearchOperand): string {
  return operand.kind === 'text' ? operand.value : String(operand.value)
}

async function infoTest(ctx: Context, node: FieldNode, place: Place): Promise<SearchSql> {
  const fields = await indexFieldsAt(ctx.db, node.path)
  if (fields.length === 0)
    throw invalidInput('q', `No sample type has a field ${node.path} that is searched for.`)
  if (node.kind === 'compare' && node.operator === '!=') {
    const equal = testOf({ ...node, operator: '=' }, fields)
    return negated(hasValue(idsOf(fields), equal))
  }
  const test = testOf(node, fields)
  if (place === 'inside') return hasValue(idsOf(fields), test)
  if (place === 'total') return isAmongValues(idsOf(fields), test)
  const count = await countValues(ctx.database.reader, idsOf(fields), test, FEW)
  return count < FEW ? isAmongValues(idsOf(fields), test) : hasValue(idsOf(fields), test)
}

function idsOf(fields: readonly IndexField[]): readonly number[] {
  return fields.map(({ id }) => id)
}

function testOf(node: FieldNode, fields: readonly IndexField[]): ValueTest {
  switch (node.kind) {
    case 'filled':
      return { kind: 'any' }
    case 'in':
      return { kind: 'text', equals: node.operands.map(textOf) }
    case 'between':
      return node.low.kind === 'number' && node.high.kind === 'number'
        ? {
            kind: 'number',
            low: canonical(node.path, node.low, fields),
            high: canonical(node.path, node.high, fields),
            excludes: [],
          }
        : { kind: 'order', low: textOf(node.low), high: textOf(node.high), excludes: [] }
    case 'compare':
      return comparisonTest(node, fields)
  }
}

/** Two numbers are equal that differ by rounding only. */
const TOLERANCE = 1e-9

function comparisonTest(
  { path, operator, operand }: Extract<SearchNode, { kind: 'compare' }>,
  fields: readonly IndexField[],
): ValueTest {
  if (operator === '~') return { kind: 'contains', text: textOf(operand) }
  if (operand.kind === 'text') return ordered('order', operator, operand.value, operand.value)
  const value = operand.kind === 'truth' ? Number(operand.value) : canonical(path, operand, fields)
  if (operator === '=') {
    const spread = Math.abs(value) * TOLERANCE
    return { kind: 'number', low: value - spread, high: value + spread, excludes: [] }
  }
  return ordered('number', operator, value, value)
}

function ordered<K extends 'number' | 'order'>(
  kind: K,
  operator: SearchOperator,
  low: K extends 'number' ? number : string,
  high: K extends 'number' ? number : string,
): ValueTest {
  const least = operator === '>' || operator === '>=' || operator === '='
  const most = operator === '<' || operator === '<=' || operator === '='
  const excludes: ('low' | 'high')[] = operator === '>' ? ['low'] : operator === '<' ? ['high'] : []
  if (kind === 'order' && operator === '=') return { kind: 'text', equals: [String(low)] }
  const ends = { low: least ? low : undefined, high: most ? high : undefined, excludes }
  return kind === 'number'
    ? { kind: 'number', low: numberOr(ends.low), high: numberOr(ends.high), excludes }
    : { kind: 'order', low: textOr(ends.low), high: textOr(ends.high), excludes }
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A number in SI units; without a unit it is meant in the field's first one. */
function canonical(
  path: string,
  operand: Extract<SearchOperand, { kind: 'number' }>,
  fields: readonly IndexField[],
): number {
  const own = parseUnit(fields[0]?.unit ?? '1')
  const unit = operand.unit ?? own
  if (!own || !unit) return operand.value
  if (!sameDimension(own.dimension, unit.dimension))
    throw invalidInput('q', `${unit.code} does not measure ${dimensionName(own.dimension)}, as ${path} does.`)
  return toCanonical(operand.value, unit)
}
