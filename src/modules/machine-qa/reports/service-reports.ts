import type { Context } from '../../../context.ts'
import { all, type Condition, compare, parseOrder, related } from '../../../core/query.ts'
import type { RecordType } from '../../../core/record.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { attachReferences } from '../../records/attach-references.ts'
import { findLabels } from '../../records/find-labels.ts'
import { listRecords } from '../../records/list-records.ts'
import type { ReportFilters } from '../../reports/domain/report-filter.ts'
import type { ReportKind } from '../../reports/report-kind.ts'
import { fault } from '../records/fault.ts'
import { serviceEvent } from '../records/service-event.ts'
import { unitServiceArea } from '../records/unit-service-area.ts'
import { FILTERS } from './filters.data.ts'
import { spanOf } from './reported-session.ts'

const HOUR_S = 3600

/** What was done to units. */
export const serviceLog: ReportKind = {
  kind: 'machine-qa.service-log',
  title: 'Service log',
  description:
    'Service events of a period, by unit, with what was wrong, what was done and how long it took.',
  permission: 'machine-qa.service-event.view',
  orientation: 'landscape',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    {
      name: 'service',
      label: 'Service in',
      kind: 'period',
      direction: 'past',
      required: true,
      default: 'last-90-days',
    },
    FILTERS.units,
    FILTERS.sites,
    { name: 'types', label: 'Types', kind: 'records', record: 'machine-qa.service-type' },
    { name: 'statuses', label: 'Statuses', kind: 'records', record: 'machine-qa.service-event-status' },
    { name: 'areas', label: 'Service areas', kind: 'records', record: 'machine-qa.service-area' },
  ],
  run: async (ctx, filters, limit) => {
    const where = all(
      compare('isActive', 'exact', true),
      ...within(ctx, filters, 'service', 'datetimeService'),
      ...chosen(filters, 'units', (ids) => compare('unit', 'in', ids)),
      ...chosen(filters, 'sites', (ids) => related('unit', compare('site', 'in', ids))),
      ...chosen(filters, 'types', (ids) => compare('serviceType', 'in', ids)),
      ...chosen(filters, 'statuses', (ids) => compare('serviceStatus', 'in', ids)),
      ...chosen(filters, 'areas', (ids) => related('unitServiceArea', compare('serviceArea', 'in', ids))),
    )
    const { rows, isCut } = await read(ctx, serviceEvent, where, ['unit.number', 'datetimeService'], limit)
    const labelOf = await labels(ctx, serviceEvent, rows)
    const hours = (row: AnyRow, field: string) =>
      typeof row[field] === 'number' ? row[field] / HOUR_S : null
    const total = (field: string) => rows.reduce((sum, row) => sum + (hours(row, field) ?? 0), 0).toFixed(1)
    return {
      facts: [
        { label: 'Service events', value: String(rows.length) },
        { label: 'Service time', value: `${total('durationServiceTime')} h` },
        { label: 'Lost time', value: `${total('durationLostTime')} h` },
      ],
      columns: [
        { title: 'Unit', kind: 'text', onPaper: 'none' },
        { title: 'Service', kind: 'instant' },
        { title: 'Event', kind: 'number' },
        { title: 'Area', kind: 'text' },
        { title: 'Type', kind: 'text' },
        { title: 'Status', kind: 'text' },
        { title: 'Problem', kind: 'text', onPaper: 'fill' },
        { title: 'Work', kind: 'text', onPaper: 'none' },
        { title: 'Service time (h)', kind: 'number', decimals: 1 },
        { title: 'Lost time (h)', kind: 'number', decimals: 1 },
      ],
      rows: rows.map((row) => ({
        group: labelOf(row, 'unit') ?? '',
        cells: [
          labelOf(row, 'unit'),
          dateOf(row.datetimeService),
          row.id,
          labelOf(row, 'unitServiceArea'),
          labelOf(row, 'serviceType'),
          labelOf(row, 'serviceStatus'),
          textOf(row.problemDescription),
          textOf(row.workDescription),
          hours(row, 'durationServiceTime'),
          hours(row, 'durationLostTime'),
        ],
        ...(textOf(row.workDescription) === null ? {} : { note: `Work: ${row.workDescription}` }),
      })),
      isCut,
      whenEmpty: 'There was no service in this period.',
    }
  },
}

/** Faults that units showed. */
export const faultLog: ReportKind = {
  kind: 'machine-qa.faults',
  title: 'Faults',
  description: 'Faults of a period, by unit, and whether they were reviewed.',
  permission: 'machine-qa.fault.view',
  formats: ['pdf', 'xlsx', 'csv'],
  filters: [
    {
      name: 'occurred',
      label: 'Occurred',
      kind: 'period',
      direction: 'past',
      required: true,
      default: 'last-90-days',
    },
    FILTERS.units,
    FILTERS.sites,
    { name: 'types', label: 'Types', kind: 'records', record: 'machine-qa.fault-type' },
    {
      name: 'review',
      label: 'Review',
      kind: 'choice',
      choices: [
        { value: 'reviewed', label: 'Reviewed' },
        { value: 'unreviewed', label: 'Unreviewed' },
      ],
    },
  ],
  run: async (ctx, filters, limit) => {
    const [review, ...both] = filters.words('review') ?? []
    const where = all(
      ...within(ctx, filters, 'occurred', 'occurred'),
      ...chosen(filters, 'units', (ids) => compare('unit', 'in', ids)),
      ...chosen(filters, 'sites', (ids) => related('unit', compare('site', 'in', ids))),
      ...chosen(filters, 'types', (ids) => related('faultTypes', compare('id', 'in', ids))),
      ...(review === undefined || both.length > 0
        ? []
        : [compare('isReviewed', 'exact', review === 'reviewed')]),
    )
    const { rows, isCut } = await read(ctx, fault, where, ['unit.number', 'occurred'], limit)
    const labelOf = await labels(ctx, fault, rows)
    return {
      facts: [
        { label: 'Faults', value: String(rows.length) },
        { label: 'Unreviewed', value: String(rows.filter((row) => row.isReviewed !== true).length) },
      ],
      columns: [
        { title: 'Unit', kind: 'text', onPaper: 'none' },
        { title: 'Occurred', kind: 'instant' },
        { title: 'Types', kind: 'text', onPaper: 'fill' },
        { title: 'Modality', kind: 'text' },
        { title: 'Service events', kind: 'text' },
        { title: 'Reviewed', kind: 'boolean' },
        { title: 'Fault', kind: 'number' },
      ],
      rows: rows.map((row) => ({
        group: labelOf(row, 'unit') ?? '',
        cells: [
          labelOf(row, 'unit'),
          dateOf(row.occurred),
          labelOf(row, 'faultTypes'),
          labelOf(row, 'modality'),
          idsOf(row.relatedServiceEvents).join(', ') || null,
          row.isReviewed === true,
          row.id,
        ],
      })),
      isCut,
      whenEmpty: 'There was no fault in this period.',
    }
  },
}

function within(ctx: Context, filters: ReportFilters, name: string, field: string): readonly Condition[] {
  const { from, to } = spanOf(ctx, filters, name)
  return [compare(field, 'gte', from), compare(field, 'lt', to)]
}

function chosen(
  filters: ReportFilters,
  name: string,
  condition: (ids: readonly number[]) => Condition,
): readonly Condition[] {
  const ids = filters.ids(name)
  return ids === undefined ? [] : [condition(ids)]
}

async function read(
  ctx: Context,
  record: RecordType,
  where: Condition,
  order: readonly string[],
  limit: number,
): Promise<{ readonly rows: readonly AnyRow[]; readonly isCut: boolean }> {
  const query = { where, order: [...order, 'id'].map(parseOrder), limit: limit + 1, offset: 0 }
  const { rows } = await listRecords(ctx, record, query, { total: 'none' })
  const shown = await attachReferences(ctx.db, record, rows.slice(0, limit))
  return { rows: shown, isCut: rows.length > limit }
}

/** Titles of what rows refer to; a service area of a unit by the name of the area. */
async function labels(
  ctx: Context,
  record: RecordType,
  rows: readonly AnyRow[],
): Promise<(row: AnyRow, field: string) => string | null> {
  const byField = new Map<string, ReadonlyMap<number, string>>()
  for (const [field, { target }] of Object.entries(record.fields)) {
    if (target === undefined || field === 'relatedServiceEvents') continue
    const ids = [...new Set(rows.flatMap((row) => idsOf(row[field])))]
    if (ids.length > 0) byField.set(field, await titlesOf(ctx, target, ids))
  }
  return (row, field) =>
    idsOf(row[field])
      .map((id) => byField.get(field)?.get(id) ?? String(id))
      .join(', ') || null
}

async function titlesOf(
  ctx: Context,
  target: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (target !== unitServiceArea.name) return findLabels(ctx, ctx.catalogue.get(target), ids)
  const query = { where: compare('id', 'in', ids), order: [], limit: ids.length, offset: 0 }
  const { rows } = await listRecords(ctx, unitServiceArea, query, { total: 'none' })
  const areaIds = rows.flatMap((row) => idsOf(row.serviceArea))
  const areas = await findLabels(ctx, ctx.catalogue.get('machine-qa.service-area'), areaIds)
  return new Map(rows.map((row) => [row.id, areas.get(Number(row.serviceArea)) ?? '']))
}

function idsOf(value: AnyRow[string]): readonly number[] {
  return [value].flat().filter((id): id is number => typeof id === 'number')
}

function dateOf(value: AnyRow[string]): Date | null {
  return value instanceof Date ? value : null
}

function textOf(value: AnyRow[string]): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
