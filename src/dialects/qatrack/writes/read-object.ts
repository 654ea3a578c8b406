import { asSystem, type Context } from '../../../context.ts'
import { all, type Condition, compare, equals } from '../../../core/query.ts'
import { queryFields, type RecordType } from '../../../core/record.ts'
import type { FieldProblem } from '../../../core/refusal.ts'
import { findRecords, listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { resourceOf } from '../resources/targets.ts'
import { fieldNameOf, type WireResource, type WireWrites } from '../resources/wire-resource.ts'
import { NO_SUCH_OBJECT } from '../wire/hyperlink.ts'
import type { Body } from '../wire/parse-body.ts'
import { fieldReader, type Presence, refuseProblems } from '../wire/read-fields.ts'
import { parserOf } from './parse-field.ts'

type Values = Readonly<Record<string, unknown>>

/** A resource that is written, and its record. */
export type Written = {
  readonly resource: WireResource
  readonly resources: ReadonlyMap<string, WireResource>
  readonly record: RecordType
  readonly writes: WireWrites
}

/**
 * The fields of an object as they were sent, by the record's names; those that were not sent are absent.
 *
 * @param before the object that is being changed
 * @throws RefusedError `invalid-input` with the problems of all fields in their documented order, or, if each is in
 *   order, with what must be unique together
 */
export async function readObject(
  ctx: Context,
  written: Written,
  body: Body,
  scope: 'whole' | 'part',
  before?: AnyRow,
): Promise<Values> {
  const { resource, record, writes } = written
  const { read, problems } = fieldReader(body, scope)
  const fields = queryFields(record)
  const values: Record<string, unknown> = {}
  for (const name of writableFields(resource, writes)) {
    const behind = fieldNameOf(name)
    const field = fields[behind]
    if (!field) throw new Error(`${resource.path} writes ${name}, which its record does not have`)
    const parse = parserOf(field, {
      zone: ctx.zone,
      isAddress: writes.addresses.includes(name),
      nonEmpty: writes.nonEmpty.includes(name),
    })
    const presence: Presence = {
      absent: field.required || writes.required.includes(name) ? 'refused' : 'allowed',
      null: field.nullable && !writes.nonNull.includes(name) ? 'allowed' : 'refused',
    }
    const value = read(name, presence, parse)
    if (value !== undefined) values[behind] = value
  }
  problems.push(...(await unknownObjects(ctx, written, values)))
  problems.push(...(await takenValues(ctx, written, values, before)))
  const place = (name: string) => resource.fields.indexOf(name)
  refuseProblems(problems.toSorted((a, b) => place(a.field) - place(b.field)))
  refuseProblems(await takenTogether(ctx, written, { ...before, ...values }, before))
  return values
}

export function writableFields({ fields }: WireResource, { readOnly }: WireWrites): readonly string[] {
  return fields.filter((name) => !readOnly.includes(name))
}

/** References must name objects that this API shows. */
async function unknownObjects(
  ctx: Context,
  { resource, resources, record, writes }: Written,
  values: Values,
): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = []
  for (const name of writableFields(resource, writes)) {
    const { target, kind } = queryFields(record)[fieldNameOf(name)] ?? {}
    const given = values[fieldNameOf(name)]
    if (target === undefined || given === undefined || given === null) continue
    const ids = kind === 'references' && Array.isArray(given) ? given.map(Number) : [Number(given)]
    const { within } = resources.get(resourceOf(target)) ?? {}
    const known = await findRecords(asSystem(ctx, 'qatrack'), ctx.catalogue.get(target), ids, within)
    if (known.length < ids.length) problems.push({ field: name, problem: NO_SUCH_OBJECT })
  }
  return problems
}

async function takenValues(
  ctx: Context,
  { resource, record, writes }: Written,
  values: Values,
  before: AnyRow | undefined,
): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = []
  for (const name of writableFields(resource, writes)) {
    const behind = fieldNameOf(name)
    const value = values[behind]
    if (!record.fields[behind]?.unique || typeof value !== 'string' || value === before?.[behind]) continue
    // codes of faults are the same whatever their case
    const lookup = record.name === 'machine-qa.fault-type' ? 'iexact' : 'exact'
    if (await exists(ctx, record, [compare(behind, lookup, value)], before))
      problems.push({
        field: name,
        problem: `${writes.noun} with this ${name.replaceAll('_', ' ')} already exists.`,
      })
  }
  return problems
}

async function takenTogether(
  ctx: Context,
  { resource, record }: Written,
  merged: Values,
  before: AnyRow | undefined,
): Promise<FieldProblem[]> {
  for (const together of record.unique) {
    const conditions = together.flatMap((name) => {
      const value = merged[name]
      return typeof value === 'string' || typeof value === 'number' ? [equals(name, value)] : []
    })
    // what has a member that is not set is like nothing else
    if (conditions.length < together.length) continue
    if (!(await exists(ctx, record, conditions, before))) continue
    const names = together.map((name) => resource.fields.find((wire) => fieldNameOf(wire) === name) ?? name)
    return [{ field: '', problem: `The fields ${names.join(', ')} must make a unique set.` }]
  }
  return []
}

async function exists(
  ctx: Context,
  record: RecordType,
  conditions: readonly Condition[],
  except: AnyRow | undefined,
): Promise<boolean> {
  const { rows } = await listRecords(
    asSystem(ctx, 'qatrack'),
    record,
    { where: all(...conditions), order: [], limit: 2, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  return rows.some(({ id }) => id !== except?.id)
}
