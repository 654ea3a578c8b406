import { type Context, requirePermission } from '../../context.ts'
import type { Condition } from '../../core/query.ts'
import type { SheetCell, SheetColumn, SheetRow } from '../../platform/spreadsheets/sheet.ts'
import { findLabels } from '../records/find-labels.ts'
import { findRecords } from '../records/list-records.ts'
import { FIELD_KINDS } from './domain/field-kind.ts'
import { valuesAt } from './domain/info-rules.ts'
import type { SchemaField } from './domain/schema-fields.ts'
import type { SearchNode } from './domain/search.ts'
import { readStoredQuantity } from './domain/stored-quantity.ts'
import { findMatchingIds } from './find-samples.ts'
import { findSearchFields } from './find-search-fields.ts'
import { instituteRecord } from './records/institute.ts'
import { methodRecord } from './records/method.ts'
import { projectRecord } from './records/project.ts'
import { type Sample, sampleRecord } from './records/sample.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { sampleIdsOf } from './store/samples.ts'
import { asSample } from './typed-row.ts'

/** A selection of samples, ready for a spreadsheet: one column for each field, its unit in the title. */
export type ExportedSamples = {
  readonly columns: readonly SheetColumn[]
  readonly count: number
  readonly rows: AsyncIterable<SheetRow>
}

const MOST = 2_000_000
const AT_ONCE = 500

/** Whole selections, read while they are written. */
export async function exportSamples(
  ctx: Context,
  search: SearchNode,
  where: Condition,
): Promise<ExportedSamples> {
  requirePermission(ctx, 'research.access')
  const ids = await findMatchingIds(ctx, search, where, MOST)
  const fields = distinctFields(await findSearchFields(ctx))
  return {
    columns: [...OWN_COLUMNS, ...fields.map(columnOf)],
    count: ids.length,
    rows: rowsOf(ctx, ids, fields),
  }
}

const OWN_COLUMNS: readonly SheetColumn[] = [
  { title: 'sample_id', kind: 'text' },
  { title: 'sample_name', kind: 'text' },
  { title: 'sample_type', kind: 'text' },
  { title: 'state', kind: 'text' },
  { title: 'date_created', kind: 'day' },
  { title: 'institute', kind: 'text' },
  { title: 'project', kind: 'text' },
  { title: 'method', kind: 'text' },
  { title: 'parent', kind: 'text' },
  { title: 'location', kind: 'text' },
  { title: 'date_registered', kind: 'instant' },
]

/** Types share columns of the same name and unit. */
function distinctFields(found: Awaited<ReturnType<typeof findSearchFields>>): readonly SchemaField[] {
  return [...new Map(found.map(({ field }) => [`${field.path} ${field.units[0] ?? ''}`, field])).values()]
}

function columnOf({ path, units, kind }: SchemaField): SheetColumn {
  const unit = units[0]
  const isNumber = FIELD_KINDS[kind].index === 'number' || FIELD_KINDS[kind].index === 'quantity'
  const single = !path.includes('[]')
  return {
    title: unit === undefined ? path : `${path} [${unit}]`,
    kind: isNumber && single ? 'number' : 'text',
  }
}

async function* rowsOf(
  ctx: Context,
  ids: readonly number[],
  fields: readonly SchemaField[],
): AsyncGenerator<SheetRow> {
  const reading: Context = { ...ctx, db: ctx.database.reader }
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const samples = (await findRecords(reading, sampleRecord, ids.slice(start, start + AT_ONCE))).map(
      asSample,
    )
    const unique = (of: readonly (number | null)[]) => [...new Set(of.filter((id) => id !== null))]
    const [types, institutes, projects, methods, parents] = await Promise.all([
      findLabels(reading, sampleTypeRecord, unique(samples.map(({ sampleType }) => sampleType))),
      findLabels(reading, instituteRecord, unique(samples.map(({ institute }) => institute))),
      findLabels(reading, projectRecord, unique(samples.map(({ project }) => project))),
      findLabels(reading, methodRecord, unique(samples.map(({ method }) => method))),
      sampleIdsOf(reading.db, unique(samples.map(({ parent }) => parent))),
    ])
    for (const sample of samples) {
      yield [
        sample.sampleId,
        sample.name,
        types.get(sample.sampleType) ?? null,
        sample.state,
        sample.dateCreated,
        institutes.get(sample.institute) ?? null,
        projects.get(sample.project) ?? null,
        sample.method === null ? null : (methods.get(sample.method) ?? null),
        sample.parent === null ? null : (parents.get(sample.parent) ?? null),
        sample.location,
        sample.createdAt,
        ...fields.map((field) => cellOf(field, sample)),
      ]
    }
  }
}

function cellOf(field: SchemaField, { info }: Sample): SheetCell {
  const values = valuesAt(info, field.path).map(({ value }) => value)
  if (values.length === 0) return null
  if (values.length > 1) return values.map(textOf).join('; ')
  const [value] = values
  if (typeof value === 'number' || typeof value === 'boolean') return value
  const quantity = readStoredQuantity(value)
  // numbers stand in the unit of the title; others say theirs
  if (quantity && quantity.value !== null)
    return quantity.unit === field.units[0] ? quantity.value : textOf(value)
  return textOf(value)
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const quantity = readStoredQuantity(value)
  if (quantity)
    return quantity.value === null ? (quantity.missing ?? '') : `${quantity.value} ${quantity.unit}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
