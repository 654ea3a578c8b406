import type { Context } from '../../../context.ts'
import { asSystem } from '../../../context.ts'
import { attachReferences } from '../../../modules/records/attach-references.ts'
import { findRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { WireField, WireType } from '../types/wire-types.ts'

/** Rows that others refer to, by record and id. */
export type Related = ReadonlyMap<string, ReadonlyMap<number, AnyRow>>

/** What some rows refer to by some of their fields: one statement for each record. */
export async function loadRelated(
  ctx: Context,
  sources: readonly { readonly field: WireField; readonly row: AnyRow }[],
  wire: WireType,
): Promise<Related> {
  const wanted = new Map<string, Set<number>>()
  for (const { field, row } of sources) {
    if (field.target === undefined) continue
    const ids = wanted.get(field.target) ?? new Set()
    for (const id of idsIn(row[field.field])) ids.add(id)
    wanted.set(field.target, ids)
  }
  const found = await Promise.all(
    [...wanted].map(async ([name, ids]) => [name, await rowsById(ctx, wire, name, [...ids])] as const),
  )
  return new Map(found)
}

/** Whoever may see an object may see what it is called that it refers to. */
async function rowsById(
  ctx: Context,
  wire: WireType,
  name: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, AnyRow>> {
  const rows = await findRecords(asSystem(ctx, 'references'), wire.recordNamed(name), ids)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The samples of some requests, by their ids. */
export async function samplesOf(
  ctx: Context,
  wire: WireType,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, AnyRow>> {
  const record = wire.recordNamed('lims.sample')
  const found = await findRecords(ctx, record, [...new Set(rows.map((row) => Number(row.sample)))])
  return new Map((await attachReferences(ctx.db, record, found)).map((row) => [row.id, row]))
}

export function idsIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'number') : []
}
