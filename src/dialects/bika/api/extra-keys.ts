import { compare } from '../../../core/query.ts'
import type { ResultRange } from '../../../modules/lims/domain/result-range.ts'
import { listRecords } from '../../../modules/records/list-records.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { analysesOfRequests } from './analyses-of-requests.ts'
import { idsIn } from './load-related.ts'
import type { Presenting, WireObject } from './presenting.ts'

/** What `read` adds to the fields of some types, by row id (specification 1.7, layer 3). */
export async function extraKeys(
  presenting: Presenting,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, WireObject>> {
  const { wire, wants } = presenting
  switch (wire.type.type) {
    case 'AnalysisRequest':
      return wants('Analyses') ? analysesOfRequests(presenting, rows) : NONE
    case 'Analysis':
      return wants('specification') ? specifications(presenting, rows) : NONE
    case 'AnalysisProfile':
    case 'ARTemplate':
      return serviceData(presenting, rows)
    case 'AnalysisSpec':
      return wants('ResultsRange') ? rangesWithUids(presenting, rows) : NONE
    case 'AnalysisService':
      return wants('ServiceDependencies') || wants('ServiceDependants') || wants('MethodInstruments')
        ? dependencies(presenting, rows)
        : NONE
    case 'Worksheet':
      return wants('Layout') || wants('Analyses') ? layouts(presenting, rows) : NONE
    default:
      return NONE
  }
}

const NONE: ReadonlyMap<number, WireObject> = new Map()

const EVERY = { order: [], limit: 100_000, offset: 0 }

async function rowsWhere(
  { ctx, wire }: Presenting,
  record: string,
  field: string,
  values: readonly (string | number)[],
): Promise<readonly AnyRow[]> {
  if (values.length === 0) return []
  const where = compare(field, 'in', values)
  return (await listRecords(ctx, wire.recordNamed(record), { ...EVERY, where }, { total: 'none' })).rows
}

async function specifications(
  presenting: Presenting,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, WireObject>> {
  const requests = await rowsWhere(presenting, 'lims.request', 'id', [
    ...new Set(rows.flatMap((row) => idsIn(row.request))),
  ])
  const ranges = new Map(requests.map((row) => [row.id, row.resultsRange as readonly ResultRange[]]))
  return new Map(
    rows.map((row) => [
      row.id,
      {
        specification:
          ranges.get(Number(row.request))?.find(({ keyword }) => keyword === row.keyword) ?? null,
      },
    ]),
  )
}

async function serviceData(
  presenting: Presenting,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, WireObject>> {
  const field = presenting.wire.type.type === 'ARTemplate' ? 'services' : 'service'
  const services = new Map(
    (
      await rowsWhere(presenting, 'lims.service', 'id', [
        ...new Set(rows.flatMap((row) => idsIn(row[field]))),
      ])
    ).map((row) => [row.id, row]),
  )
  const categories = new Map(
    (
      await rowsWhere(presenting, 'lims.category', 'id', [
        ...new Set([...services.values()].map((row) => Number(row.category))),
      ])
    ).map((row) => [row.id, row]),
  )
  return new Map(
    rows.map((row) => {
      const found = idsIn(row[field]).flatMap((id) => services.get(id) ?? [])
      const service_data = found.map((service) => ({
        UID: service.uid,
        Title: service.title,
        Keyword: service.keyword,
        Price: Number(service.price).toFixed(2),
        VAT: Number(service.vat).toFixed(2),
        PointOfCapture: service.pointOfCapture,
        CategoryTitle: categories.get(Number(service.category))?.title ?? '',
      }))
      return [
        row.id,
        presenting.wire.type.type === 'ARTemplate'
          ? { service_data, ...partitionsOf(row, found) }
          : { service_data },
      ]
    }),
  )
}

type Part = Readonly<Record<string, unknown>> & { readonly part_id: string }

/** Services without a partition go to the first one. */
function partitionsOf(row: AnyRow, services: readonly AnyRow[]): WireObject {
  const parts =
    (row.partitions as readonly Part[]).length > 0
      ? (row.partitions as readonly Part[])
      : [{ part_id: 'part-1' }]
  const placed = row.servicePartitions as Readonly<Record<string, string>>
  const first = parts[0]?.part_id
  return {
    Analyses: services.map((service) => ({
      service_uid: service.uid,
      partition: placed[String(service.uid)] ?? first,
    })),
    Partitions: parts.map((part) => {
      const inside = services.filter((service) => (placed[String(service.uid)] ?? first) === part.part_id)
      return {
        part_id: part.part_id,
        container_titles: part.Container ? [part.Container] : [],
        container: part.container_uid ? [part.container_uid] : [],
        preservation_titles: part.Preservation ? [part.Preservation] : [],
        preservation: part.preservation_uid ? [part.preservation_uid] : [],
        services: inside.map(({ uid }) => uid),
        service_titles: inside.map(({ title }) => title),
      }
    }),
  }
}

async function rangesWithUids(
  presenting: Presenting,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, WireObject>> {
  const ranges = new Map(rows.map((row) => [row.id, row.resultsRange as readonly ResultRange[]]))
  const keywords = [...new Set([...ranges.values()].flatMap((list) => list.map(({ keyword }) => keyword)))]
  const uids = new Map(
    (await rowsWhere(presenting, 'lims.service', 'keyword', keywords)).map((row) => [row.keyword, row.uid]),
  )
  return new Map(
    [...ranges].map(([id, list]) => [
      id,
      { ResultsRange: list.map((range) => ({ ...range, uid: uids.get(range.keyword) ?? '' })) },
    ]),
  )
}

async function dependencies(
  presenting: Presenting,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, WireObject>> {
  const { ctx, wire, wants } = presenting
  const query = { ...EVERY, where: { kind: 'all', of: [] } as const }
  const services = (await listRecords(ctx, wire.record, query, { total: 'none', relations: 'none' })).rows
  const calculations = new Map(
    (await listRecords(ctx, wire.recordNamed('lims.calculation'), query, { total: 'none' })).rows.map(
      (row) => [row.id, row],
    ),
  )
  const categories = new Map(
    (await listRecords(ctx, wire.recordNamed('lims.category'), query, { total: 'none' })).rows.map((row) => [
      row.id,
      row,
    ]),
  )
  const needs = new Map(
    services.map((row) => [row.id, idsIn(calculations.get(Number(row.calculation))?.dependentServices)]),
  )
  const reach = (id: number, seen: Set<number>): Set<number> => {
    for (const each of needs.get(id) ?? []) if (!seen.has(each)) reach(each, seen.add(each))
    return seen
  }
  const present = (row: AnyRow) => ({
    Category: categories.get(Number(row.category))?.title ?? '',
    Category_uid: categories.get(Number(row.category))?.uid ?? '',
    Service: row.title,
    Service_uid: row.uid,
    Keyword: row.keyword,
    PointOfCapture: row.pointOfCapture,
    PointOfCapture_title: row.pointOfCapture === 'field' ? 'Field Analyses' : 'Lab Analyses',
  })
  return new Map(
    rows.map((row) => {
      const needed = reach(row.id, new Set())
      const keys: Readonly<Record<string, unknown>> = {
        ServiceDependencies: services.filter(({ id }) => needed.has(id)).map(present),
        ServiceDependants: services.filter(({ id }) => reach(id, new Set()).has(row.id)).map(present),
        MethodInstruments: {},
      }
      return [row.id, Object.fromEntries(Object.entries(keys).filter(([name]) => wants(name)))]
    }),
  )
}

const SLOT_TYPES: Readonly<Record<string, string>> = { routine: 'a', duplicate: 'd', reject: 'r' }

async function layouts(
  presenting: Presenting,
  rows: readonly AnyRow[],
): Promise<ReadonlyMap<number, WireObject>> {
  const { wants } = presenting
  const analyses = await rowsWhere(
    presenting,
    'lims.analysis',
    'worksheet',
    rows.map(({ id }) => id),
  )
  const requests = new Map(
    (
      await rowsWhere(presenting, 'lims.request', 'id', [
        ...new Set(analyses.flatMap((row) => idsIn(row.request))),
      ])
    ).map((row) => [row.id, row]),
  )
  return new Map(
    rows.map((row) => {
      const own = analyses
        .filter(({ worksheet }) => worksheet === row.id)
        .sort((a, b) => Number(a.position) - Number(b.position))
      const uids = own.filter(({ kind }) => kind !== 'reject').map(({ uid }) => uid)
      const keys: Readonly<Record<string, unknown>> = {
        Layout: own.map((each) => ({
          position: String(each.position ?? ''),
          type:
            each.kind === 'reference'
              ? String(each.referenceType ?? 'c')
              : (SLOT_TYPES[String(each.kind)] ?? 'a'),
          container_uid: requests.get(Number(each.request))?.uid ?? '',
          analysis_uid: each.uid,
        })),
        Analyses: uids,
        Analyses_uid: uids,
      }
      return [
        row.id,
        Object.fromEntries(Object.entries(keys).filter(([name]) => wants(name.replace(/_uid$/, '')))),
      ]
    }),
  )
}
